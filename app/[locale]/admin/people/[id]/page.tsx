import type { Metadata } from 'next'
import { AuditLogPart } from '@/components/admin/audit-log-part'
import { NewsFrame } from '@/components/admin/news'
import { OwnerActs } from '@/components/admin/owner-acts'
import { PersonActs } from '@/components/admin/person-acts'
import { PersonFacts } from '@/components/admin/person-facts'
import { PersonLists } from '@/components/admin/person-lists'
import { MissingPage } from '@/components/identity/missing-page'
import { ProofGate } from '@/components/identity/proof-gate'
import { Part } from '@/components/ui/facts'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadPerson } from '@/domain/admin/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/people/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.people.title }
}

export default async function PersonPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { access, admin: words } = await loadMessages(locale)
  const found = await loadPerson({ id: (await params).id, query: await searchParams })
  if (!found) return <MissingPage locale={locale} />
  const { person, owner, alone, auditLog, ...lists } = found
  const place = { locale, words }
  const path = `/admin/people/${person.id}`
  return (
    <PageFrame className="gap-8">
      <NewsFrame>
        <PageTitle>
          <bdi>{person.name}</bdi>
        </PageTitle>
        <PersonFacts person={person} {...place} />
        <Part id="acts" title={words.people.acts}>
          {owner && <OwnerActs owner={owner} alone={alone} {...place} />}
          <ProofGate locale={locale} words={access}>
            <PersonActs person={person} {...place} />
          </ProofGate>
        </Part>
        <PersonLists {...lists} {...place} path={path} />
        <AuditLogPart
          lines={auditLog.items}
          href={`/admin/audit?person=${person.id}`}
          title={words.people.auditLog}
          more={words.people.wholeAuditLog}
          locale={locale}
          words={words.audit}
        />
      </NewsFrame>
    </PageFrame>
  )
}
