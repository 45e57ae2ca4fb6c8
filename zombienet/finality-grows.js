// Counts how many blocks a node finalizes from now on, and answers once they are as many as the first
// argument says. The network test that asks for it bounds the time.
//
//   alice: js-script ./finality-grows.js with "10" return is at least 10 within 60 seconds

async function run(nodeName, networkInfo, args) {
	const { wsUri, userDefinedTypes } = networkInfo.nodesByName[nodeName];
	const api = await zombie.connect(wsUri, userDefinedTypes);
	const wanted = Number(args[0]);
	const grown = await new Promise((resolve) => {
		let first;
		api.rpc.chain.subscribeFinalizedHeads((header) => {
			const height = header.number.toNumber();
			first ??= height;
			if (height - first >= wanted) resolve(height - first);
		});
	});
	await api.disconnect();
	return grown;
}

module.exports = { run };
