import { Part } from '@/components/ui/facts'
import type { NoticeRecord } from '@/domain/notification/history.schema'
import type { Messages } from '@/lib/i18n/messages'

/** The text of a notice, above the list it was opened from. */
export function NoticeText({
  record,
  words,
}: {
  record: NoticeRecord
  words: Messages['notice']['history']
}) {
  return (
    <Part id="shown" title={words.text}>
      <article className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4">
        {record.text === null ? (
          <p className="text-quiet">{words.textErased}</p>
        ) : (
          <>
            <h3 className="font-semibold wrap-anywhere">{record.subject}</h3>
            <p className="text-15 whitespace-pre-wrap wrap-anywhere">{record.text}</p>
            <p className="text-15 text-quiet">{words.textNote}</p>
          </>
        )}
      </article>
    </Part>
  )
}
