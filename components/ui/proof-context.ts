import { createContext } from 'react'
import type { ActionAnswer } from '@/lib/problems/result'

/**
 * Asks the person to prove who they are, after an act was refused for want of it; true once they
 * have. Null: the page can't ask.
 */
export type AskForProof = (refused: Extract<ActionAnswer, { ok: false }>) => Promise<boolean>

export const ProofContext = createContext<AskForProof | null>(null)
