import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { PRIVACY_VERSION, TERMS_VERSION } from '@/lib/legal'
import { lockOwnAccount, type OwnAccount } from './account.commands'
import type { AgreementKind } from './agreement.schema'
import { recordAct } from './audit.commands'

async function writeAgreement(
  tx: Transaction,
  { accountId, kind, version }: { accountId: string; kind: AgreementKind; version: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO agreements (account_id, kind, version) VALUES (${accountId}::uuid, ${kind}, ${version})`
}

/**
 * Records, in the transaction of the sign-up, what its person agreed to, declared and was told: the
 * terms, being fourteen or older, the privacy notice. Nothing is consented to: what the service does,
 * the contract needs.
 */
export async function recordSignUpAgreements(tx: Transaction, accountId: string): Promise<void> {
  await writeAgreement(tx, { accountId, kind: 'TERMS', version: TERMS_VERSION })
  await writeAgreement(tx, { accountId, kind: 'AGE_14', version: TERMS_VERSION })
  await writeAgreement(tx, { accountId, kind: 'PRIVACY_NOTICE', version: PRIVACY_VERSION })
}

/**
 * An existing account agrees to the present terms. Twice is once: of two at once the second finds the
 * first's. Locks the account's row.
 */
export function agreeToTerms({ accountId, address }: OwnAccount) {
  return runTransaction<null>(async (tx, stop) => {
    const { role } = await lockOwnAccount(tx, { accountId, stop })
    const [known] = await tx.$queryRaw<{ isAgreed: boolean }[]>`
      SELECT EXISTS (SELECT FROM agreements
                      WHERE account_id = ${accountId}::uuid AND kind = 'TERMS'
                        AND version = ${TERMS_VERSION}) AS "isAgreed"`
    if (known?.isAgreed) return null
    await recordSignUpAgreements(tx, accountId)
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role, address },
      act: 'AGREE_TO_TERMS',
      to: 'ACTIVE',
      details: { version: TERMS_VERSION },
    })
    return null
  })
}
