import { ask } from '@/components/ui/client/ask'
import { adoptSeal, dropKept, readSeal, type Seal } from './kept-store'
import { importKey } from './sealing'

type ToldSeal = { accountId: string; name: string; boardKey: string; actKey: string }

let asked: Promise<Seal | null> | undefined

/** The session's seal, asked for once a page. */
export function obtainSeal(): Promise<Seal | null> {
  asked ??= askForSeal()
  // What failed may succeed the next time.
  asked.then(
    (seal) => {
      if (!seal) asked = undefined
    },
    () => {
      asked = undefined
    },
  )
  return asked
}

/**
 * The session's seal: as the service tells it, or without a network as this browser keeps it. Null:
 * nobody is signed in, or the browser can't encrypt or store.
 */
async function askForSeal(): Promise<Seal | null> {
  if (!('indexedDB' in globalThis) || globalThis.crypto?.subtle === undefined) return null
  const answer = await ask<ToldSeal>({ url: '/api/v1/session/seal' })
  if (answer.kind === 'value') return adopt(answer.value)
  // Signed out, and it is no gateway that says so: what was kept for the session goes with it.
  const problem = answer.kind === 'problem' ? answer.problem : null
  if (problem?.status === 401 && problem.reason !== null) {
    await dropKept()
    return null
  }
  return readSeal()
}

async function adopt({ accountId, name, ...keys }: ToldSeal): Promise<Seal> {
  const [boardKey, actKey] = await Promise.all([importKey(keys.boardKey), importKey(keys.actKey)])
  const seal = { accountId, name, boardKey, actKey }
  await adoptSeal(seal)
  return seal
}
