// The application: startups found worlds, claim land, link their worlds, and investors fund one.

import { event } from './chain.js'
import { chapter, expect } from './expect.js'

const MDG = 1_000_000_000_000n
const TUSD = 1_000_000n
const TEST_DOLLAR = 1
const TERRITORY = 16
const DEMO_METAVERSE = 2

/** In blocks. */
export const WINDOWS = { opensAfter: 0, period: 6, lock: 2, coolingOff: 1, voting: 3, grace: 3, lockUp: 0 }

/** Terms under which a campaign takes a few blocks; amounts in the smallest unit of the asset. */
export const terms = (asset, unit) => ({
  asset,
  goal: 100n * unit,
  cap: 200n * unit,
  minTicket: 10n * unit,
  bond: 5n * unit,
  minInvestors: 2,
  ...WINDOWS,
  kickoff: 0,
  onApathy: 'TacitApprove',
  documents: `0x${'d0'.repeat(32)}`,
})

export const milestones = [{ weight: 1, duration: 20, promise: `0x${'01'.repeat(32)}` }]

const profile = (name) => ({ name, uri: '', hash: null })

/** Founds a world for each of the people, all in one block, and returns their ids. */
export async function found(chain, worlds) {
  const { tx, query } = chain.api
  await chain.send(
    ...worlds.map(([founder, slug]) => [
      founder,
      tx.metaverse.register(slug, profile(slug), TERRITORY, TERRITORY, 100n * MDG),
    ]),
  )
  const ids = []
  for (const [founder, slug] of worlds) {
    const id = (await query.metaverse.slugs(slug)).toJSON()
    const metaverse = (await query.metaverse.metaverses(id)).unwrap()
    expect(`${slug} belongs to who registered it`, metaverse.owner.asAccount.toString(), founder.address)
    ids.push(id)
  }
  return ids
}

const dollars = async (chain, who) =>
  (await chain.api.query.assets.account(TEST_DOLLAR, who.address)).unwrapOrDefault().balance.toBigInt()

async function land(chain, world) {
  const { api, people } = chain
  const { alice, bob, dave } = people
  const area = (x, y, width, height) => ({ x, y, width, height })
  const before = await dollars(chain, dave)
  await chain.send(
    [alice, api.tx.land.claim(DEMO_METAVERSE, area(0, 0, 64, 64), 0)],
    [bob, api.tx.land.claim(world, area(4, 4, 3, 2), 0)],
    [alice, api.tx.assets.transfer(TEST_DOLLAR, dave.address, 25n * TUSD)],
  )
  expect('dave has 25 test dollars more', (await dollars(chain, dave)) - before, 25n * TUSD)
  const territory = (await api.query.land.territories(DEMO_METAVERSE)).unwrap()
  expect('64 x 64 cells of the demo metaverse are claimed', territory.claimed.toNumber(), 64 * 64)
}

async function items(chain) {
  const { api, people } = chain
  const { dave, eve } = people
  const [created] = await chain.send([
    dave,
    api.tx.nfts.create(dave.address, { settings: 0, maxSupply: 10, mintSettings: { mintType: 'Issuer', defaultItemSettings: 0 } }),
  ])
  const collection = event(created, 'nfts', 'Created').collection
  await chain.send(
    [dave, api.tx.nfts.mint(collection, 7, dave.address, null)],
    [dave, api.tx.nfts.transfer(collection, 7, eve.address)],
  )
  const item = (await api.query.nfts.item(collection, 7)).unwrap()
  expect('eve owns the item that dave minted', item.owner.toString(), eve.address)
}

async function portal(chain, source, destination) {
  const { api, people } = chain
  const { bob, charlie, dave } = people
  const toll = 3n * TUSD
  const gate = (metaverse) => ({ metaverse, parcel: null, spawn: '' })
  const [offered] = await chain.send([
    bob,
    api.tx.portal.propose(gate(source), { Gate: gate(destination) }, {
      direction: 'TwoWay',
      toll: { asset: { WithId: TEST_DOLLAR }, amount: toll, split: { source: 500_000, destination: 480_000, network: 20_000 } },
      access: 'Open',
      rate: null,
      expiresAt: null,
      notice: api.consts.portal.minNotice,
    }),
  ])
  const { portal, version } = event(offered, 'portal', 'Offered')
  await chain.send([charlie, api.tx.portal.accept(portal, version)])
  const before = await dollars(chain, dave)
  const [travelled] = await chain.send([dave, api.tx.portal.travel(portal, version, 'There', toll, 'None')])
  expect('dave travels through the portal', event(travelled, 'portal', 'Travelled').who.toString(), dave.address)
  const [admitted] = await chain.send([charlie, api.tx.portal.admit(portal, dave.address)])
  const settled = event(admitted, 'portal', 'TollSettled')
  const shares = [settled.source, settled.destination, settled.network].map((share) => share.toBigInt())
  expect('the toll is shared as the terms say', shares, [1_500_000n, 1_440_000n, 60_000n])
  expect('dave paid the toll', before - (await dollars(chain, dave)), toll)
}

async function campaign(chain, world) {
  const { api, people } = chain
  const { bob, dave, eve, ferdie } = people
  const [created] = await chain.send([
    bob,
    api.tx.escrow.create(world, terms({ WithId: TEST_DOLLAR }, TUSD), milestones, 'Open'),
  ])
  const { campaign, termsHash } = event(created, 'escrow', 'Created')
  await chain.send([bob, api.tx.escrow.open(campaign)])
  const commit = (amount) => api.tx.escrow.commit(campaign, amount, amount, 1, termsHash)
  const committed = await chain.send([dave, commit(60n * TUSD)], [eve, commit(50n * TUSD)])
  const positions = committed.map((events) => event(events, 'escrow', 'Committed').position)
  await chain.wait(WINDOWS.period)
  await chain.send([ferdie, api.tx.escrow.advance(campaign)])
  await chain.send([bob, api.tx.escrow.submitMilestone(campaign, `0x${'ee'.repeat(32)}`)])
  await chain.send(
    [dave, api.tx.escrow.vote(positions[0], true)],
    [eve, api.tx.escrow.vote(positions[1], true)],
  )
  await chain.wait(WINDOWS.voting + WINDOWS.grace)
  const [paid] = await chain.send([ferdie, api.tx.escrow.advance(campaign)])
  const { amount, fee } = event(paid, 'escrow', 'Released')
  expect('the startup and the network got what was committed', amount.toBigInt() + fee.toBigInt(), 110n * TUSD)
  expect('the fee of the network is 2 %', fee.toBigInt(), (110n * TUSD) / 50n)
  expect('the campaign is completed', (await api.query.escrow.campaigns(campaign)).unwrap().state.type, 'Completed')
}

/** Plays everything; returns the worlds of Bob and Charlie. */
export async function application(chain) {
  chapter('The application, with transactions that @polkadot/api signed')
  const { bob, charlie } = chain.people
  const [first, second] = await found(chain, [
    [bob, 'seongsu'],
    [charlie, 'ikseon'],
  ])
  await land(chain, first)
  await items(chain)
  await portal(chain, first, second)
  await campaign(chain, first)
  return { first, second }
}
