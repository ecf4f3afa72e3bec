import { type Refusal, type Result, succeed } from '@/lib/problems/result'
import type { Prisma } from '@/prisma/generated/client'
import { prisma } from './database'

export type Transaction = Prisma.TransactionClient
/** Ends the transaction, rolls it back, and becomes its answer. */
export type Stop = (refusal: Refusal) => never

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.reason)
  }
}

/**
 * One transaction in which a refusal takes back what was written before it, and comes out as a
 * value. Everything else that goes wrong is thrown on.
 */
export async function runTransaction<T>(
  work: (tx: Transaction, stop: Stop) => Promise<T>,
): Promise<Result<T>> {
  try {
    const value = await prisma.$transaction((tx) =>
      work(tx, (refusal) => {
        throw new Refused(refusal)
      }),
    )
    return succeed(value)
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}
