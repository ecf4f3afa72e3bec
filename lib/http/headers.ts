/** Our own request headers, each with what it is for, as contracts name them. */

export const openingTurn = {
  'Opening-Turn': 'The right to book while an opening has a gate',
} as const

export const AUTHOR = 'Bobjool-Author'
export const ACTED_AT = 'Bobjool-Acted-At'
export const authorHeaders = {
  [AUTHOR]: 'On a shared tablet: who acts, by the token that their PIN gave them',
  [ACTED_AT]: 'The instant of an act that waited for the network. Absent: now',
} as const

export const KIOSK_TOKEN = 'Kiosk-Token'
export const kioskHeader = { [KIOSK_TOKEN]: 'Identifies a tablet at the door' } as const
