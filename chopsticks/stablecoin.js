// A stablecoin comes from Asset Hub, is put into a campaign, comes out of it again and goes home.

import { milestones, terms } from './application.js'
import { DONE, event } from './chain.js'
import { chapter, expect } from './expect.js'
import {
  ASSET_HUB, ASSET_HUB_PLACE, USD, USDT, USDT_SEEN_HERE, USDT_SEEN_THERE,
  account, message, page, pageWithLengths, read, reserveTransfer, some,
} from './xcm.js'

/** What somebody has of it here. */
export const usdt = async ({ api }, address) => {
  const found = await api.query.assets.account(USDT, address)
  return found.isSome ? found.unwrap().balance.toBigInt() : 0n
}

/** How much of it there is here. */
export const supply = async ({ api }) => (await api.query.assets.asset(USDT)).unwrap().supply.toBigInt()

async function arrive(chain) {
  const { api, people } = chain
  const { charlie, eve, ferdie } = people
  const arrivals = [
    { person: eve, amount: 150n * USD, version: 'V5' },
    { person: ferdie, amount: 120n * USD, version: 'V4' },
    { person: charlie, amount: 10n * USD, version: 'V5' },
  ]
  const encoded = arrivals.map(({ person, amount, version }) =>
    message(api, reserveTransfer(some(USDT_SEEN_HERE, amount), person), version),
  )
  const fromAssetHub = (data, count) => chain.receive({ hrmp: { [ASSET_HUB]: [{ sentAt: 0, data }] } }, count)
  const ends = [
    ...(await fromAssetHub(page(encoded.slice(0, 2)), 2)),
    ...(await fromAssetHub(pageWithLengths(encoded.slice(2)), 1)),
  ]
  expect('the messages of Asset Hub are executed', ends, arrivals.map(() => DONE))
  let total = 0n
  for (const { person, amount, version } of arrivals) {
    const got = await usdt(chain, person.address)
    const fee = amount - got
    expect(`${person.meta.name} has what came in with ${version}, less a fee below one dollar: ${got}`, fee > 0n && fee < USD, true)
    total += amount
  }
  expect('there is as much here as Asset Hub put aside', await supply(chain), total)
}

async function fundAndLeave(chain, world) {
  const { api, people } = chain
  const { charlie, eve, ferdie } = people
  const before = new Map()
  for (const person of [charlie, eve, ferdie]) {
    before.set(person, await usdt(chain, person.address))
  }
  const [created] = await chain.send([
    charlie,
    api.tx.escrow.create(world, terms({ WithId: USDT }, USD), milestones, 'Open'),
  ])
  const { campaign, termsHash } = event(created, 'escrow', 'Created')
  await chain.send([charlie, api.tx.escrow.open(campaign)])
  const commit = (amount) => api.tx.escrow.commit(campaign, amount, amount, 1, termsHash)
  const committed = await chain.send([eve, commit(60n * USD)], [ferdie, commit(50n * USD)])
  const positions = committed.map((events) => event(events, 'escrow', 'Committed').position)
  expect('Eve has put 60 dollars in', before.get(eve) - (await usdt(chain, eve.address)), 60n * USD)
  await chain.send([charlie, api.tx.escrow.cancel(campaign)])
  const claimed = await chain.send(
    [eve, api.tx.escrow.claim(positions[0])],
    [ferdie, api.tx.escrow.claim(positions[1])],
  )
  const refunds = claimed.map((events) => event(events, 'escrow', 'Refunded').amount.toBigInt())
  expect('both are given back what they put in', refunds, [60n * USD, 50n * USD])
  for (const person of [eve, ferdie]) {
    expect(`${person.meta.name} has as many dollars as before`, await usdt(chain, person.address), before.get(person))
  }
  const { minBalance } = (await api.query.assets.asset(USDT)).unwrap()
  const cost = before.get(charlie) - (await usdt(chain, charlie.address))
  expect('the founder has back all but the least balance of the pot', cost, minBalance.toBigInt())
}

async function leave(chain) {
  const { api, people } = chain
  const { eve } = people
  const amount = 100n * USD
  const before = { eve: await usdt(chain, eve.address), supply: await supply(chain) }
  const number = chain.blocks.head.number + 1
  await chain.send([
    eve,
    api.tx.polkadotXcm.transferAssets(
      { V5: ASSET_HUB_PLACE },
      { V5: account(eve) },
      { V5: [some(USDT_SEEN_HERE, amount)] },
      0,
      'Unlimited',
    ),
  ])
  expect('Eve has 100 dollars less', before.eve - (await usdt(chain, eve.address)), amount)
  expect('there are 100 dollars less here', before.supply - (await supply(chain)), amount)

  const [sent, ...others] = await chain.sent(number)
  expect('one page leaves, and to Asset Hub', [sent.recipient.toNumber(), others.length], [ASSET_HUB, 0])
  const messages = read(api, sent.data.toHex())
  expect('it is one message', messages.length, 1)
  const instructions = messages[0].value.toArray()
  console.log(`      ${messages[0].type}: ${instructions.map(({ type }) => type).join(', ')}`)
  expect('Asset Hub takes it from our account, pays with it and hands it out', instructions.map(({ type }) => type), [
    'WithdrawAsset', 'ClearOrigin', 'BuyExecution', 'DepositAsset', 'SetTopic',
  ])
  const [withdraw, , , deposit] = instructions
  const assets = api.createType('StagingXcmV5AssetAssets', [some(USDT_SEEN_THERE, amount)])
  expect('it is 100 of asset 1984', withdraw.asWithdrawAsset.toHex(), assets.toHex())
  const beneficiary = api.createType('StagingXcmV5Location', account(eve))
  expect('and Eve gets it there', deposit.asDepositAsset.beneficiary.toHex(), beneficiary.toHex())
}

/** Plays everything in the world that belongs to Charlie. */
export async function stablecoin(chain, world) {
  chapter('A stablecoin of Asset Hub: in, into a campaign, out of it, and home')
  await arrive(chain)
  await fundAndLeave(chain, world)
  await leave(chain)
}
