// Messages of other chains: how they are written, and how ours are read.

import { compactAddLength, hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util'

/** Id of Asset Hub among the parachains. */
export const ASSET_HUB = 1_000
/** Tether's dollar: number on Asset Hub, id here, and one of it in its smallest unit. */
export const USDT_THERE = 1_984
export const USDT = 1_000_001_984
export const USD = 1_000_000n

// How the messages of a page stand one behind the other: as they are, or each with its length.
const PLAIN = 0
const WITH_LENGTH = 3

const place = (parents, ...junctions) => ({
  parents,
  interior: junctions.length === 0 ? 'Here' : { [`X${junctions.length}`]: junctions },
})

const usdtOnAssetHub = [{ PalletInstance: 50 }, { GeneralIndex: USDT_THERE }]

/** Tether's dollar as it is called here, and as Asset Hub calls it. */
export const USDT_SEEN_HERE = place(1, { Parachain: ASSET_HUB }, ...usdtOnAssetHub)
export const USDT_SEEN_THERE = place(0, ...usdtOnAssetHub)
/** The token of the relay chain, and Asset Hub, as they are called here. */
export const RELAY_TOKEN = place(1)
export const ASSET_HUB_PLACE = place(1, { Parachain: ASSET_HUB })

export const some = (id, amount) => ({ id, fun: { Fungible: amount } })
export const account = (person) => place(0, { AccountId32: { network: null, id: person.publicKey } })

const topic = { SetTopic: `0x${'7e'.repeat(32)}` }
const everything = { Wild: 'All' }

/** What a reserve sends after it has put something into its account of this chain. */
export const reserveTransfer = (asset, beneficiary) => [
  { ReserveAssetDeposited: [asset] },
  'ClearOrigin',
  { BuyExecution: { fees: asset, weightLimit: 'Unlimited' } },
  { DepositAsset: { assets: { Wild: { AllCounted: 1 } }, beneficiary: account(beneficiary) } },
  topic,
]

/** The same without paying for it. */
export const unpaid = (asset, beneficiary) =>
  reserveTransfer(asset, beneficiary).filter((instruction) => !instruction.BuyExecution)

/** The same, asking for it as a favour. */
export const asFavour = (asset, beneficiary) => [
  { UnpaidExecution: { weightLimit: 'Unlimited', checkOrigin: null } },
  ...unpaid(asset, beneficiary),
]

/** The same, but as if the asset itself moved here. */
export const teleport = (asset, beneficiary) => [
  { ReceiveTeleportedAsset: [asset] },
  ...reserveTransfer(asset, beneficiary).slice(1),
]

/** Pays, makes a call with the given kind of origin, and hands out what is left. */
export const callFromOutside = (asset, beneficiary, originKind, call) => [
  { ReserveAssetDeposited: [asset] },
  { BuyExecution: { fees: asset, weightLimit: 'Unlimited' } },
  { Transact: { originKind, fallbackMaxWeight: null, call: { encoded: call.method.toHex() } } },
  { DepositAsset: { assets: everything, beneficiary: account(beneficiary) } },
  topic,
]

/** A message in a version of the language, as bytes. */
export const message = (api, instructions, version = 'V5') =>
  api.createType('XcmVersionedXcm', { [version]: instructions }).toU8a()

/** Messages as the relay chain hands them over from another parachain. */
export const page = (messages) => u8aToHex(u8aConcat([PLAIN], ...messages))
export const pageWithLengths = (messages) => u8aToHex(u8aConcat([WITH_LENGTH], ...messages.map(compactAddLength)))

/** The messages of a page that this chain hands over to the relay chain. */
export function read(api, data) {
  const bytes = hexToU8a(data)
  let rest = bytes.subarray(1)
  const messages = []
  while (rest.length > 0) {
    if (bytes[0] === WITH_LENGTH) {
      const blob = api.createType('Bytes', rest)
      messages.push(api.createType('XcmVersionedXcm', blob.toU8a(true)))
      rest = rest.subarray(blob.encodedLength)
    } else if (bytes[0] === PLAIN) {
      const next = api.createType('XcmVersionedXcm', rest)
      messages.push(next)
      rest = rest.subarray(next.encodedLength)
    } else {
      throw new Error(`a page of kind ${bytes[0]} carries no messages`)
    }
  }
  return messages
}
