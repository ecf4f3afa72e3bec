import { setTimeout as sleep } from 'node:timers/promises'
import { type Inbox, startInbox } from '@/local/inbox'
import type { Mail } from '@/local/inbox/mailbox'

const PATIENCE_MS = 25_000
const POLL_MS = 25

export interface TestInbox extends Inbox {
  /** Waits until at least `count` mails for this recipient have arrived; newest first. */
  waitForMails: (wanted: { recipient: string; count?: number }) => Promise<Mail[]>
  /** Waits for the newest mail for this recipient; with `subject`, for the newest that has it. */
  waitForMail: (wanted: { recipient: string; subject?: RegExp }) => Promise<Mail>
  /** For "and no other mail": everything so far, once the senders have come to rest. */
  listMails: (recipient?: string) => Mail[]
  clear: () => void
}

let worker: TestInbox | null = null

/** The setup file calls this: SMTP_URL has to be set before the code under test is loaded. */
export async function startWorkerInbox(): Promise<TestInbox> {
  worker = await startTestInbox()
  return worker
}

/** The inbox behind this test file's SMTP_URL. */
export function useInbox(): TestInbox {
  if (!worker) throw new Error('useInbox() works in files under tests/ only: see vitest.config.ts.')
  return worker
}

/** One more inbox, for a test that needs a second mail server; the test stops it. */
export async function startTestInbox(): Promise<TestInbox> {
  const inbox = await startInbox()
  const listMails = (recipient?: string) => inbox.mailbox.list({ recipient })
  const waitForMails: TestInbox['waitForMails'] = ({ recipient, count = 1 }) =>
    poll({
      read: () => {
        const mails = listMails(recipient)
        return mails.length >= count ? mails : null
      },
      explain: () => `${count} mail(s) for ${recipient}, got ${listMails(recipient).length}`,
    })
  return {
    ...inbox,
    listMails,
    waitForMails,
    waitForMail: ({ recipient, subject }) =>
      poll({
        read: () =>
          listMails(recipient).find((mail) => subject?.test(mail.subject) ?? true) ?? null,
        explain: () =>
          `a mail for ${recipient}${subject ? ` about ${subject}` : ''}; there are: ` +
          JSON.stringify(listMails().map((mail) => [mail.recipients, mail.subject])),
      }),
    clear: () => inbox.mailbox.clear(),
  }
}

async function poll<T>({
  read,
  explain,
}: {
  read: () => T | null
  explain: () => string
}): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const found = read()
    if (found !== null) return found
    if (performance.now() > giveUpAt) throw new Error(`Waited 25 seconds for ${explain()}.`)
    await sleep(POLL_MS)
  }
}
