// Gives cores of the relay chain to a parachain, all of their time: the first argument is the parachain,
// the others are the cores. Answers how many they are, once the call is final. The relay chain's sudo key
// is Alice's.
//
//   validator-1: js-script ./assign-cores.js with "2000,0,1" return is 2 within 60 seconds

// All the time of a core, in the parts in which the relay chain counts it.
const WHOLE = 57600;

async function run(nodeName, networkInfo, args) {
	const { wsUri, userDefinedTypes } = networkInfo.nodesByName[nodeName];
	const api = await zombie.connect(wsUri, userDefinedTypes);
	await zombie.util.cryptoWaitReady();
	const alice = new zombie.Keyring({ type: "sr25519" }).addFromUri("//Alice");

	const [parachain, ...cores] = args.map(Number);
	const assign = cores.map((core) =>
		api.tx.coretime.assignCore(core, 0, [[{ Task: parachain }, WHOLE]], null),
	);
	const call = api.tx.sudo.sudo(api.tx.utility.batchAll(assign));
	await new Promise((resolve, reject) => {
		call
			.signAndSend(alice, ({ status, isError, dispatchError, events }) => {
				if (isError || dispatchError) reject(dispatchError ?? status.type);
				// What sudo called may fail though sudo itself did not.
				const sudone = events.find(({ event }) => api.events.sudo.Sudid.is(event));
				if (sudone?.event.data[0].isErr) reject(sudone.event.data[0].asErr);
				if (status.isFinalized) resolve();
			})
			.catch(reject);
	});
	await api.disconnect();
	return cores.length;
}

module.exports = { run };
