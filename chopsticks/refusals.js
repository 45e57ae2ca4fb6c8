// Messages that must do nothing.

import { u8aToHex } from '@polkadot/util'

import { DONE } from './chain.js'
import { chapter, expect } from './expect.js'
import { supply, usdt } from './stablecoin.js'
import {
  ASSET_HUB, RELAY_TOKEN, USD, USDT, USDT_SEEN_HERE,
  asFavour, callFromOutside, message, page, reserveTransfer, some, teleport, unpaid,
} from './xcm.js'

const SOMEBODY_ELSE = 2_001
const DOLLARS = 1_000n * USD

/** Plays everything; Dave is the one who would gain, and has no dollar of Asset Hub. */
export async function refusals(chain) {
  chapter('Messages that must do nothing')
  const { api, people } = chain
  const { dave } = people
  const dollars = some(USDT_SEEN_HERE, DOLLARS)
  const across = (sender, instructions) => ({
    hrmp: { [sender]: [{ sentAt: 0, data: page([message(api, instructions)]) }] },
  })
  const down = (instructions) => ({ dmp: [{ sentAt: 0, msg: u8aToHex(message(api, instructions)) }] })
  const mint = api.tx.assets.mint(USDT, dave.address, DOLLARS)
  const enrich = api.tx.balances.forceSetBalance(dave.address, 10n ** 24n)

  await refuse('another parachain says that it keeps dollars for us', across(SOMEBODY_ELSE, reserveTransfer(dollars, dave)))
  await refuse('the relay chain says so of its token', down(reserveTransfer(some(RELAY_TOKEN, 10_000_000_000n), dave)))
  await refuse('Asset Hub does not pay', across(ASSET_HUB, unpaid(dollars, dave)))
  await refuse('Asset Hub asks for a favour', across(ASSET_HUB, asFavour(dollars, dave)))
  await refuse('Asset Hub says that the dollars themselves moved', across(ASSET_HUB, teleport(dollars, dave)))
  for (const kind of ['Native', 'SovereignAccount', 'Superuser', 'Xcm']) {
    const call = kind === 'Superuser' ? enrich : mint
    // What it put aside and paid with is here then: the fee in the treasury, the rest trapped.
    await refuse(`Asset Hub pays and makes a call, ${kind}`, across(ASSET_HUB, callFromOutside(dollars, dave, kind, call)), DOLLARS)
  }

  async function refuse(what, params, aside = 0n) {
    const before = { supply: await supply(chain), free: (await api.query.system.account(dave.address)).data.free.toBigInt() }
    const [reason] = await chain.receive(params, 1)
    expect(`${what}: ${reason}`, reason === DONE, false)
    const free = (await api.query.system.account(dave.address)).data.free.toBigInt()
    expect('  Dave has nothing from it', [await usdt(chain, dave.address), free], [0n, before.free])
    expect(`  and there is ${aside === 0n ? 'no more than before' : 'as much as was put aside'}`, await supply(chain), before.supply + aside)
  }
}
