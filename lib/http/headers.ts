/** Our own request headers, each with what it is for, as contracts name them. */

export const openingTurn = {
  'Opening-Turn': 'The right to book while an opening has a gate',
} as const

export const KIOSK_TOKEN = 'Kiosk-Token'
export const kioskHeader = { [KIOSK_TOKEN]: 'Identifies a tablet at the door' } as const
