export type Mailbox = { name: string; address: string; domain: string }

/** `밥줄 <no-reply@bobjool.example>`, with or without a name, quoted or not. */
const mailbox = /^(?:(?<name>[^<>]*)<(?<bracketed>[^<>]+)>|(?<bare>[^<>]+))$/

/**
 * One plain address: no quotes, comments or spaces, and one "@". RFC 5322 allows more (`"a@x"@y`),
 * but parsers disagree on it, which can send a mail to the wrong server.
 */
const plainAddress =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u

const LONGEST_ADDRESS = 254

export function isPlainAddress(address: string): boolean {
  return address.length <= LONGEST_ADDRESS && plainAddress.test(address)
}

/**
 * Parses the sender the operator configured. Throws when it is invalid, before any mail is sent.
 */
export function readMailbox(text: string): Mailbox {
  const parts = mailbox.exec(text.trim())?.groups
  const address = (parts?.bracketed ?? parts?.bare ?? '').trim()
  if (!isPlainAddress(address)) {
    throw new Error(
      `MAIL_FROM needs the form "Name <name@example.com>", got ${JSON.stringify(text)}`,
    )
  }
  const name = (parts?.name ?? '').trim().replace(/^"(.*)"$/, '$1')
  return { name, address, domain: address.slice(address.lastIndexOf('@') + 1) }
}
