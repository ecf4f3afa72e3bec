import { styleButton } from '@/components/ui/button'
import type { Messages } from '@/lib/i18n/messages'
import { FactSection } from './fact-list'

/** For a visitor who does not want to trust this page either. */
export function ProofDownloads({
  openingId,
  words,
}: {
  openingId: string
  words: Messages['proof']['download']
}) {
  return (
    <FactSection id="download" title={words.title}>
      <p>{words.lead}</p>
      <div className="flex flex-wrap gap-2">
        <a
          href={`/api/v1/openings/${openingId}/proof`}
          download={`opening-${openingId}.json`}
          className={styleButton({ tone: 'outline' })}
        >
          {words.log}
        </a>
        <a
          href="/verify-opening.mjs"
          download="verify-opening.mjs"
          className={styleButton({ tone: 'outline' })}
        >
          {words.verifier}
        </a>
      </div>
      <p className="text-15 text-quiet">
        <code className="break-all">{words.command}</code>
      </p>
    </FactSection>
  )
}
