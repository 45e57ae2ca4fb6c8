// The first block of a raw chain specification, as our node has it.
//
// Chopsticks gives the first block a hash of its own making, and a wallet would sign for a chain that
// does not exist. Here it has the hash that follows from its header.

import { GenesisProvider } from '@acala-network/chopsticks-core'
import { hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util'
import { blake2AsHex } from '@polkadot/util-crypto'

const NO_PARENT = u8aToHex(new Uint8Array(32))

export class Genesis extends GenesisProvider {
  #hash

  /** Takes the parsed raw specification. */
  static async from(spec) {
    const genesis = new Genesis(spec)
    const { stateRoot, extrinsicsRoot } = await genesis.getHeader()
    // Parent, number 0, the two roots, and a digest without items.
    const header = u8aConcat(hexToU8a(NO_PARENT), [0], hexToU8a(stateRoot), hexToU8a(extrinsicsRoot), [0])
    genesis.#hash = blake2AsHex(header)
    return genesis
  }

  get blockHash() {
    return this.#hash
  }

  getHeader = ((header) => async () => ({ ...(await header()), parentHash: NO_PARENT }))(this.getHeader)
}
