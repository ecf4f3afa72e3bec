import { nameMoment } from '@/lib/i18n/moment'
import type { Mail } from './mailbox'
import { STYLE } from './style'

/** Korean first, English beside it: one page for all who try the demo. */
export function renderList({ mails, recipient }: { mails: Mail[]; recipient: string }): string {
  const rows = mails.map(renderRow).join('')
  const empty = recipient
    ? both('이 주소로 온 메일이 없어요.', 'Nothing has arrived for this address.')
    : both(
        '아직 온 메일이 없어요. 예약하면 여기로 와요.',
        'No mail yet. Book a table and it arrives here.',
      )
  return renderPage({
    title: '받은 메일 · Inbox',
    body: `
      <header>
        <h1>받은 메일 <small lang="en">Inbox</small></h1>
        <form role="search">
          <label for="to">${both('받는 사람', 'Recipient')}</label>
          <input id="to" name="to" type="search" value="${escapeHtml(recipient)}" placeholder="diner1@bobjool.test" autocomplete="off">
          <button>${both('찾기', 'Filter')}</button>
        </form>
      </header>
      <main>${rows ? `<ol>${rows}</ol>` : `<p class="empty">${empty}</p>`}</main>
      <script>${makeWatcher(mails[0]?.id ?? '')}</script>`,
  })
}

function renderRow(mail: Mail): string {
  const count = mail.attachments.length
  const clip = count > 0 ? `<span class="clip">${both(`첨부 ${count}`, 'attached')}</span>` : ''
  return `
    <li><a href="/messages/${mail.id}">
      <span class="to">${escapeHtml(mail.recipients.join(', '))}</span>
      ${renderTime(mail.receivedAt)}
      <strong>${escapeHtml(mail.subject || '(제목 없음 · no subject)')}</strong>
      <span class="start">${escapeHtml(mail.text.replace(/\s+/g, ' ').slice(0, 140))}</span>${clip}
    </a></li>`
}

export function renderMail(mail: Mail): string {
  const files = mail.attachments.map(
    ({ fileName, content }, index) =>
      `<li><a download href="/messages/${mail.id}/attachments/${index}">${escapeHtml(fileName)}</a> <small>${formatSize(content.length)}</small></li>`,
  )
  const shown =
    mail.html === null
      ? ''
      : `<iframe title="${escapeHtml(mail.subject)}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${mail.id}/html"></iframe>`
  return renderPage({
    title: `${mail.subject} · Inbox`,
    body: `
      <header>
        <p><a href="/">← ${both('받은 메일', 'Inbox')}</a></p>
        <h1>${escapeHtml(mail.subject || '(제목 없음 · no subject)')}</h1>
        <dl>
          <dt>${both('보낸 사람', 'From')}</dt><dd>${escapeHtml(mail.from)}</dd>
          <dt>${both('받는 사람', 'To')}</dt><dd>${escapeHtml(mail.recipients.join(', '))}</dd>
          <dt>${both('받은 시각', 'Received')}</dt><dd>${renderTime(mail.receivedAt)}</dd>
        </dl>
      </header>
      <main>
        ${files.length > 0 ? `<section><h2>${both('첨부 파일', 'Attachments')}</h2><ul>${files.join('')}</ul></section>` : ''}
        ${shown}
        <details${mail.html === null ? ' open' : ''}><summary>${both('글자만 보기', 'Plain text')}</summary><pre>${escapeHtml(mail.text)}</pre></details>
        <p><a href="/messages/${mail.id}/raw">${both('원문', 'Source')}</a></p>
      </main>`,
  })
}

export function renderNotFound(): string {
  return renderPage({
    title: '없는 메일 · Not found',
    body: `<main><p class="empty">${both('그런 메일은 없어요.', 'There is no such mail.')}</p>
      <p><a href="/">← ${both('받은 메일', 'Inbox')}</a></p></main>`,
  })
}

/** Links leave the frame; otherwise the app would open inside a mail. */
export function frameMail(html: string): string {
  return `<base target="_blank">${html}`
}

function renderPage({ title, body }: { title: string; body: string }): string {
  return `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
${body}
</html>`
}

function both(korean: string, english: string): string {
  return `${korean} <span lang="en" class="en">${english}</span>`
}

/** As the service writes times; the demo's restaurants are in Seoul, whatever zone the browser is in. */
function renderTime(at: Date): string {
  const shown = nameMoment({ at, timeZone: 'Asia/Seoul', locale: 'ko', toSecond: true })
  return `<time datetime="${at.toISOString()}">${shown}</time>`
}

function formatSize(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`
}

/** Shows new mails without a reload, but never while the reader is typing. */
function makeWatcher(newestId: string): string {
  return `
    setInterval(async () => {
      if (document.hidden || document.activeElement?.id === 'to') return
      const answer = await fetch('/api/messages' + location.search).catch(() => null)
      const list = answer && (await answer.json())
      if (list && (list.messages[0]?.id ?? '') !== ${JSON.stringify(newestId)}) location.reload()
    }, 2000)`
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": '#39',
  }
  return text.replace(/[&<>"']/g, (character) => `&${names[character]};`)
}
