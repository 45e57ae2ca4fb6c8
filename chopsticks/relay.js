// The relay chain, as far as a block of the parachain is shown of it.
//
// Chopsticks makes up a relay chain, but not the headers that a runtime with a `RelayParentOffset` wants
// to see: its relay parent and those after it, each sealed by an author. Here they are, on a relay chain
// with one author, and sealed for good: no executor has to look away. The slot of the relay parent is
// that in which the block of the parachain is built, because the runtime wants them to be the same.

import { getCurrentSlot } from '@acala-network/chopsticks-core'
import { SetTimestamp } from '@acala-network/chopsticks-core/blockchain/inherent/timestamp'
import { SetValidationData } from '@acala-network/chopsticks-core/blockchain/inherent/parachain/validation-data'
import { WELL_KNOWN_KEYS } from '@acala-network/chopsticks-core/utils/proof'
import { Keyring } from '@polkadot/api'
import { GenericExtrinsic } from '@polkadot/types'
import { bnToU8a, hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util'

const BABE = '0x42414245'
const EMPTY = u8aToHex(new Uint8Array(32))
const AUTHOR = new Keyring({ type: 'sr25519' }).addFromUri('//Relay')

const u32 = (number) => bnToU8a(number, { bitLength: 32 })
const u64 = (number) => bnToU8a(number, { bitLength: 64 })

/** The authors of the relay chain: one, with weight 1. */
const authors = u8aToHex(u8aConcat([4], AUTHOR.publicKey, u64(1)))

/** What the first author says when its slot comes and nobody else was chosen. */
const slotClaim = (slot) => u8aConcat([2], u32(0), u64(slot))

/** A header of the relay chain with the seal of its author. */
function sealed(registry, header, slot) {
  const item = (kind, bytes) => ({ [kind]: [BABE, u8aToHex(bytes)] })
  const logs = [item('PreRuntime', slotClaim(slot))]
  const unsealed = registry.createType('Header', { ...header, extrinsicsRoot: EMPTY, digest: { logs } })
  logs.push(item('Seal', AUTHOR.sign(unsealed.hash)))
  return registry.createType('Header', { ...unsealed.toJSON(), digest: { logs } })
}

class RelayParent {
  #shown = new SetValidationData()

  async createInherents(block, params) {
    const parent = await block.parentBlock
    const { registry, tx } = await parent.meta
    const slot = (await getCurrentSlot(parent)) + 1
    const relayChainStateOverrides = [
      ...(params.relayChainStateOverrides ?? []),
      [WELL_KNOWN_KEYS.AUTHORITIES, authors],
      [WELL_KNOWN_KEYS.CURRENT_SLOT, u8aToHex(u64(slot))],
    ]
    const [shown] = await this.#shown.createInherents(block, { ...params, relayChainStateOverrides })
    const [data, messages] = registry.createType('GenericExtrinsic', shown).args
    const { relayParentNumber, relayParentStorageRoot } = data.validationData
    const { result } = await parent.call('RelayParentOffsetApi_relay_parent_offset', [])
    const offset = registry.createType('u32', hexToU8a(result)).toNumber()
    const headers = []
    for (let behind = 0; behind <= offset; behind += 1) {
      const header = {
        parentHash: headers.at(-1)?.hash ?? EMPTY,
        number: relayParentNumber.toNumber() + behind,
        stateRoot: behind === 0 ? relayParentStorageRoot : EMPTY,
      }
      headers.push(sealed(registry, header, slot + behind))
    }
    const complete = { ...Object.fromEntries(data.entries()), relayParentDescendants: headers }
    const call = tx.parachainSystem.setValidationData(complete, messages)
    return [new GenericExtrinsic(registry, call).toHex()]
  }
}

/** What every block of the parachain begins with. */
export const inherents = [new SetTimestamp(), new RelayParent()]
