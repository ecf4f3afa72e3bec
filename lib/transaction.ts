import type { Prisma } from '@/prisma/generated/client'
import { databaseErrorCode } from './database-error'
import { prisma } from './db'
import { type Refusal, type Result, succeed } from './result'

export type Transaction = Prisma.TransactionClient
/** Ends the transaction, rolls it back, and becomes its answer. */
export type Stop = (refusal: Refusal) => never

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.reason)
  }
}

/** Deadlock detected, could not serialise: Postgres took everything back, and asks to be asked again. */
const ASK_AGAIN = new Set(['40P01', '40001'])
const MOST_TRIES = 3

/**
 * One transaction in which a refusal takes back what was written before it, and comes out as a
 * value. Begun anew, twice at most, when it got into a deadlock with another; so `work` keeps nothing
 * outside it. Everything else that goes wrong is thrown on.
 */
export async function runTransaction<T>(
  work: (tx: Transaction, stop: Stop) => Promise<T>,
): Promise<Result<T>> {
  for (let tries = 1; ; tries++) {
    try {
      const value = await prisma.$transaction((tx) =>
        work(tx, (refusal) => {
          throw new Refused(refusal)
        }),
      )
      return succeed(value)
    } catch (error) {
      if (error instanceof Refused) return error.refusal
      const isAskedAgain = ASK_AGAIN.has(databaseErrorCode(error) ?? '') && tries < MOST_TRIES
      if (!isAskedAgain) throw error
    }
  }
}
