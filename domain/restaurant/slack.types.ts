/** Of the address itself nothing is shown: whoever knows it can write there. */
export type SlackState =
  | { state: 'off' }
  | { state: 'on'; setAt: string }
  /** `refusal`: in Slack's words. */
  | { state: 'refused'; refusal: string }
