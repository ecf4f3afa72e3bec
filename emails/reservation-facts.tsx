import { type CSSProperties, Fragment, type ReactNode } from 'react'
import { Column, Link, Row, Section, Text } from 'react-email'
import type { ReservationPayload } from '@/domain/notification/schema'
import type { Locale } from '@/lib/i18n/locale'
import {
  formatDate,
  formatFullDate,
  formatOffset,
  formatTime,
  nameTimeOn,
  readLocalDate,
} from '@/lib/i18n/moment'
import { size, tint } from './tokens'
import { words } from './words'

const tray = tint({ fill: 'paper', edge: 'line' })
const ink = tint({ text: 'ink' })
const quiet = tint({ text: 'quiet' })
const accent = tint({ text: 'accent' })

type Facts = { reservation: ReservationPayload; locale: Locale }

/** Where, when and for how many, as texts. */
export function listFacts({ reservation, locale, isOff }: Facts & { isOff: boolean }) {
  const { timeZone } = reservation.restaurant
  const { startsAt, endsAt, serviceDate, partySize } = reservation
  const starts = { at: startsAt, timeZone }
  const date = readLocalDate(starts)
  const say = words[locale]
  return {
    name: nameOf({ reservation, locale }),
    date: formatFullDate({ date, locale }),
    time: formatTime(starts),
    guests: String(partySize),
    guestsUnit: say.guests(partySize),
    remarks: [
      ...(isOff ? [] : [say.until(nameTimeOn({ at: endsAt, date, timeZone, locale }))]),
      ...(date === serviceDate ? [] : [say.night(formatDate({ date: serviceDate, locale }))]),
      ...(locale === 'ko' && timeZone === 'Asia/Seoul' ? [] : [say.zone(formatOffset(starts))]),
    ],
  }
}

const listLines = (text: string | null | undefined) => (text ? text.split('\n') : [])

/** How to find and reach the restaurant, and what it was told to mind, as texts. */
export function listDetails({ restaurant, note, allergies }: ReservationPayload) {
  const { address, phone } = restaurant
  return {
    address,
    phone,
    dialled: phone.replaceAll(/[^0-9+]/g, ''),
    allergies: listLines(allergies),
    note: listLines(note),
  }
}

/** Where, when and for how many, legible at arm's length. */
export function When({
  texts: { name, date, time, guests, guestsUnit, remarks },
  isOff,
}: {
  texts: ReturnType<typeof listFacts>
  isOff: boolean
}) {
  const tone = isOff ? quiet : ink
  const figure = { ...tone.style, ...figureStyle }
  const timeStyle = {
    ...figure,
    paddingRight: 16,
    ...(isOff && { textDecoration: 'line-through' }),
  }
  return (
    <Section className={tray.className} style={{ ...tray.style, ...trayStyle }}>
      <Text className={ink.className} style={{ ...ink.style, ...nameStyle }}>
        <bdi>{name}</bdi>
      </Text>
      <Text className={tone.className} style={{ ...tone.style, ...dateStyle }}>
        {date}
      </Text>
      <Row>
        <Column data-text-inline className={tone.className} style={timeStyle}>
          {`${time} `}
        </Column>
        <Column
          data-text-inline
          className={`${tone.className} ${tray.className}`}
          style={{ ...tray.style, ...figure, ...partyStyle }}
        >
          {guests}
          <span style={{ fontSize: size.large, lineHeight: 1 }}>{guestsUnit}</span>
        </Column>
      </Row>
      {remarks.map((remark) => (
        <Text key={remark} className={quiet.className} style={{ ...quiet.style, ...smallStyle }}>
          {remark}
        </Text>
      ))}
    </Section>
  )
}

/** How to find and reach the restaurant, and what it was told to mind. */
export function Details({
  texts: { address, phone, dialled, allergies, note },
  locale,
}: {
  texts: ReturnType<typeof listDetails>
  locale: Locale
}) {
  const say = words[locale]
  return (
    <Section style={{ marginTop: 24 }}>
      <Detail label={say.address}>
        <bdi lang="ko">{address}</bdi>
      </Detail>
      <Detail label={say.phone}>
        <Link
          href={`tel:${dialled}`}
          className={accent.className}
          style={{
            ...accent.style,
            fontVariantNumeric: 'tabular-nums',
            textDecoration: 'underline',
          }}
        >
          {phone}
        </Link>
      </Detail>
      {allergies.length > 0 && (
        <Detail label={say.allergies}>
          <Lines lines={allergies} />
        </Detail>
      )}
      {note.length > 0 && (
        <Detail label={say.note}>
          <Lines lines={note} />
        </Detail>
      )}
    </Section>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text have no other key
    <Fragment key={index}>
      {index > 0 && <br />}
      <bdi>{line}</bdi>
    </Fragment>
  ))
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Row style={{ marginBottom: 12 }}>
      <Column
        data-text-inline
        className={quiet.className}
        style={{ ...quiet.style, ...labelStyle }}
      >
        {`${label} `}
      </Column>
      <Column data-text-inline className={ink.className} style={{ ...ink.style, ...valueStyle }}>
        {children}
      </Column>
    </Row>
  )
}

/** The restaurant's name in the reader's language, if it has one. */
export function nameOf({ reservation, locale }: Facts): string {
  const { name, nameEn } = reservation.restaurant
  return (locale === 'en' && nameEn) || name
}

const trayStyle: CSSProperties = {
  borderWidth: 1,
  borderStyle: 'solid',
  borderRadius: 12,
  padding: 20,
}
const nameStyle: CSSProperties = {
  fontSize: size.large,
  fontWeight: 700,
  lineHeight: 1.4,
  margin: 0,
}
const dateStyle: CSSProperties = { fontSize: size.large, lineHeight: 1.4, margin: '4px 0 8px' }
const figureStyle: CSSProperties = {
  fontSize: size.figure,
  fontWeight: 700,
  lineHeight: '52px',
  fontVariantNumeric: 'tabular-nums',
  verticalAlign: 'baseline',
  whiteSpace: 'nowrap',
}
const partyStyle: CSSProperties = {
  width: '99%',
  borderWidth: '0 0 0 1px',
  borderStyle: 'solid',
  paddingLeft: 16,
}
const smallStyle: CSSProperties = { fontSize: size.small, lineHeight: 1.5, margin: '4px 0 0' }
const labelStyle: CSSProperties = {
  width: 88,
  fontSize: size.small,
  lineHeight: '26px',
  verticalAlign: 'top',
}
const valueStyle: CSSProperties = {
  fontSize: size.body,
  lineHeight: '26px',
  verticalAlign: 'top',
}
