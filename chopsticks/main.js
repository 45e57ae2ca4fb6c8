// Plays the parachain in chopsticks and writes down what it built. See README.md.

import './quiet.js'

import { readFileSync, writeFileSync } from 'node:fs'

import { application } from './application.js'
import { Chain } from './chain.js'
import { held } from './expect.js'
import { record } from './record.js'
import { refusals } from './refusals.js'
import { stablecoin } from './stablecoin.js'

// Noon of a day on which the slots of the relay chain and ours begin together.
const START = Date.UTC(2026, 0, 1, 12)

const [spec, blocks] = process.argv.slice(2)
if (!blocks) {
  console.error('Usage: node main.js SPEC BLOCKS\n\n  SPEC    raw chain specification to start from\n  BLOCKS  where to write what was built')
  process.exit(2)
}

let status = 0
try {
  const chain = await Chain.start(JSON.parse(readFileSync(spec, 'utf8')), START)
  const { second } = await application(chain)
  await stablecoin(chain, second)
  await refusals(chain)
  const recorded = await record(chain.blocks)
  writeFileSync(blocks, JSON.stringify(recorded))
  const extrinsics = recorded.blocks.reduce((sum, block) => sum + block.extrinsics.length, 0)
  console.log(`\n${held()} checks hold; ${recorded.blocks.length} blocks with ${extrinsics} extrinsics are in ${blocks}`)
  await chain.close()
} catch (problem) {
  console.error(problem)
  status = 1
}
// The worker in which chopsticks executes does not end by itself.
process.exit(status)
