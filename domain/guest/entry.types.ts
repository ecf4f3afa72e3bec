/** Red is left out: on the board it means an allergy. */
export const tagColors = ['ACCENT', 'GREEN', 'AMBER', 'GREY'] as const

/** Tags that every restaurant is offered before it has used one. */
export const usualTags = [
  { name: 'VIP', color: 'ACCENT' },
  { name: '단골', color: 'GREEN' },
] as const

export const MOST_TAGS = 10
export const LONGEST_TAG = 20
export const LONGEST_DIET = 200
export const LONGEST_NOTE = 500

/** How staff heard that a guest agrees. */
export const heardWays = ['IN_PERSON', 'PHONE', 'MESSAGE'] as const
/** How a guest agreed: as staff noted, or by their own link. */
export const consentWays = [...heardWays, 'LINK'] as const
