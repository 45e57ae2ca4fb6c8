// Writes down what chopsticks has built, so that another executor can do the same and compare.
//
// The header of a block of chopsticks has no state root, and a root of the extrinsics of its own making.
// Both are computed here from what it really has: all keys and values, and all extrinsics, hashed by the
// trie of chopsticks' executor. The digest is the one that the runtime left in the state.

import { calculateStateRoot, compactHex } from '@acala-network/chopsticks-core'
import { compactToU8a, hexToU8a, u8aToHex } from '@polkadot/util'

const PAGE = 1000

/** Everything that chopsticks has at a block. */
async function state(block) {
  const pairs = []
  let startKey = '0x'
  for (;;) {
    const keys = await block.getKeysPaged({ prefix: '0x', startKey, pageSize: PAGE })
    for (const key of keys) {
      pairs.push([key, await block.get(key)])
    }
    if (keys.length < PAGE) {
      return pairs
    }
    startKey = keys.at(-1)
  }
}

async function header(block, pairs, extrinsics) {
  const { registry, query } = await block.meta
  const { systemVersion, stateVersion } = await block.runtimeVersion
  const version = systemVersion ?? stateVersion
  const { parentHash, number } = await block.header
  const numbered = extrinsics.map((extrinsic, index) => [u8aToHex(compactToU8a(index)), extrinsic])
  const digest = await block.get(compactHex(query.system.digest()))
  return registry.createType('Header', {
    parentHash,
    number,
    stateRoot: await calculateStateRoot(pairs, Math.min(version, 1)),
    extrinsicsRoot: await calculateStateRoot(numbered, version > 1 ? 1 : 0),
    digest: registry.createType('Digest', hexToU8a(digest)),
  })
}

/** All blocks from the first one on the genesis to the head. */
export async function record(chain) {
  const genesis = await chain.getBlockAt(0)
  let before = new Map(await state(genesis))
  const blocks = []
  for (let number = 1; number <= chain.head.number; number += 1) {
    const block = await chain.getBlockAt(number)
    const pairs = await state(block)
    const after = new Map(pairs)
    const extrinsics = await block.extrinsics
    blocks.push({
      header: (await header(block, pairs, extrinsics)).toHex(),
      extrinsics,
      changes: [
        ...pairs.filter(([key, value]) => before.get(key) !== value),
        ...[...before.keys()].filter((key) => !after.has(key)).map((key) => [key, null]),
      ],
    })
    before = after
  }
  return { genesis: genesis.hash, blocks }
}
