/** What a visitor without scripts, or a crawler, reads; words that only scripts know are left out. */
export const leaveOutScripts = (html: string) => html.replace(/<script\b[^>]*>.*?<\/script>/gs, '')
