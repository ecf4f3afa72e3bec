/** Why a restaurant usually cancels a booking; each reader is told in their own language. */
export const usualReasons = ['ASKED', 'SOLD_OUT', 'CLOSED', 'MISTAKE'] as const
export type UsualReason = (typeof usualReasons)[number]
