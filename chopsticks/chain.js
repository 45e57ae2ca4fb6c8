// Chopsticks on a raw chain specification, and a wallet that talks to it over WebSocket.

import { Api, Blockchain, BuildBlockMode, timeTravel } from '@acala-network/chopsticks-core'
import { handler } from '@acala-network/chopsticks/rpc/index'
import { createServer } from '@acala-network/chopsticks/server'
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api'

import { Genesis } from './genesis.js'
import { inherents } from './relay.js'

// What transactions of Madang carry and @polkadot/api does not know; none has a field of its own.
const signedExtensions = {
  AuthorizeCall: { extrinsic: {}, payload: {} },
  DynamicMaxBlockWeight: { extrinsic: {}, payload: {} },
  StorageWeightReclaim: { extrinsic: {}, payload: {} },
}

/** How the execution of a message ends that does all that it should. */
export const DONE = 'done'

// Blocks in which a message that came in should be executed.
const PATIENCE = 3

// In milliseconds: until a lost connection is tried again, and the longest that a block may take to build.
const RECONNECT = 1_000
const SLOWEST = 600_000

const HOST = '127.0.0.1'

export class Chain {
  #server

  /** Starts on a parsed raw specification; the clock shows `time`, in milliseconds since 1970. */
  static async start(spec, time) {
    const chain = new Chain()
    const genesis = await Genesis.from(spec)
    chain.blocks = new Blockchain({
      api: new Api(genesis),
      buildBlockMode: BuildBlockMode.Manual,
      inherentProviders: inherents,
      header: { hash: genesis.blockHash, number: 0 },
    })
    // Otherwise the first block has the time of this machine. The block itself sets both values anew.
    await timeTravel(chain.blocks, time)
    chain.#server = await createServer(handler({ chain: chain.blocks }), 0, HOST)
    const provider = new WsProvider(`ws://${chain.#server.addr}`, RECONNECT, {}, SLOWEST)
    chain.api = await ApiPromise.create({ provider, signedExtensions, noInitWarn: true })
    chain.provider = provider
    const keyring = new Keyring({ type: 'sr25519' })
    chain.people = Object.fromEntries(
      ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie'].map((name) => [
        name.toLowerCase(),
        keyring.addFromUri(`//${name}`, { name }),
      ]),
    )
    return chain
  }

  /** Builds a block with everything that was submitted; more than one if messages are left over. */
  async build(params = {}) {
    const before = this.blocks.head.number
    await this.provider.send('dev_newBlock', [params])
    if (this.blocks.head.number === before) {
      throw new Error(`block ${before + 1} could not be built; the reason is above`)
    }
  }

  /** Builds so many blocks without transactions. */
  async wait(count) {
    for (let built = 0; built < count; built += 1) {
      await this.build()
    }
  }

  /** Signs calls, each with its signer, puts them into one block, and returns the events of each. All must succeed. */
  async send(...calls) {
    const nonces = new Map()
    for (const [signer, call] of calls) {
      const stored = (await this.api.query.system.account(signer.address)).nonce.toNumber()
      const nonce = nonces.get(signer.address) ?? stored
      nonces.set(signer.address, nonce + 1)
      const signed = await call.signAsync(signer, { nonce })
      await this.api.rpc.author.submitExtrinsic(signed)
    }
    const number = this.blocks.head.number + 1
    await this.build()
    return this.#outcomes(number, calls)
  }

  async #outcomes(number, calls) {
    const hash = await this.api.rpc.chain.getBlockHash(number)
    const { block } = await this.api.rpc.chain.getBlock(hash)
    const events = await this.events(hash)
    return calls.map(([signer, call]) => {
      const name = `${call.method.section}.${call.method.method}`
      const index = block.extrinsics.findIndex(
        (extrinsic) => extrinsic.isSigned && extrinsic.signer.eq(signer.address) && extrinsic.method.eq(call.method),
      )
      if (index < 0) {
        throw new Error(`${name} is not in block ${number}`)
      }
      const own = events.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eq(index))
      const failed = own.find(({ event }) => this.api.events.system.ExtrinsicFailed.is(event))
      if (failed) {
        throw new Error(`${name} failed: ${this.#explain(failed.event.data.dispatchError)}`)
      }
      return own.map(({ event }) => event)
    })
  }

  #explain(error) {
    if (!error.isModule) {
      return error.toString()
    }
    const { section, name, docs } = this.api.registry.findMetaError(error.asModule)
    return `${section}.${name}: ${docs.join(' ')}`
  }

  /** Hands over messages of other chains, and tells how the execution of each ended; `count` are expected. */
  async receive(messages, count) {
    const first = this.blocks.head.number + 1
    const ends = []
    await this.build(messages)
    for (let number = first; ends.length < count && number < first + PATIENCE; number += 1) {
      if (number > this.blocks.head.number) {
        await this.build()
      }
      ends.push(...(await this.#executed(number)))
    }
    if (ends.length !== count) {
      throw new Error(`${ends.length} messages were executed instead of ${count}`)
    }
    return ends
  }

  async #executed(number) {
    const { messageQueue, polkadotXcm } = this.api.events
    const events = (await this.events(await this.api.rpc.chain.getBlockHash(number))).map(({ event }) => event)
    const errors = events.filter((event) => polkadotXcm.ProcessXcmError.is(event))
    const ends = []
    for (const event of events) {
      if (messageQueue.Processed.is(event)) {
        // A message that stops at an instruction says so in an event; one that the barrier keeps out says nothing.
        const done = event.data.success.isTrue
        const error = done ? undefined : errors.shift()?.data.error.type
        ends.push(done ? DONE : error ? `stopped, ${error}` : 'not let in')
      } else if (messageQueue.ProcessingFailed.is(event)) {
        ends.push(`not executed, ${event.data.error.type}`)
      }
    }
    return ends
  }

  /** What the relay chain takes from a block to other parachains. */
  async sent(number) {
    const hash = await this.api.rpc.chain.getBlockHash(number)
    return (await this.api.at(hash)).query.parachainSystem.hrmpOutboundMessages()
  }

  /** Everything that happened in a block. */
  async events(hash) {
    return (await this.api.at(hash)).query.system.events()
  }

  async close() {
    await this.api.disconnect()
    await this.#server.close()
    await this.blocks.close()
  }
}

/** The data of the only event of this name. */
export function event(events, section, method) {
  const found = events.filter((event) => event.section === section && event.method === method)
  if (found.length !== 1) {
    throw new Error(`${found.length} events ${section}.${method} instead of one`)
  }
  return found[0].data
}
