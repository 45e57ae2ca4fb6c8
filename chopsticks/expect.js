// Says what was checked, and ends the run at the first thing that does not hold.

import { isDeepStrictEqual } from 'node:util'

let checks = 0

/** How many checks have held so far. */
export const held = () => checks

/** `what` is a sentence that must be true. */
export function expect(what, found, expected) {
  const text = (value) => JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item))
  if (!isDeepStrictEqual(found, expected)) {
    throw new Error(`does not hold: ${what}\n  expected ${text(expected)}\n  found    ${text(found)}`)
  }
  checks += 1
  console.log(`  ok  ${what}`)
}

export function chapter(title) {
  console.log(`\n${title}`)
}
