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

/** Where, when and for how many, legible at arm's length. */
export function When({ reservation, locale, isOff }: Facts & { isOff?: boolean }) {
  const { timeZone } = reservation.restaurant
  const { startsAt, endsAt, serviceDate } = reservation
  const starts = { at: startsAt, timeZone }
  const date = readLocalDate(starts)
  const say = words[locale]
  const tone = isOff ? quiet : ink
  const figure = { ...tone.style, ...figureStyle }
  const time = { ...figure, paddingRight: 16, ...(isOff && { textDecoration: 'line-through' }) }
  const remarks = [
    ...(isOff ? [] : [say.until(nameTimeOn({ at: endsAt, date, timeZone, locale }))]),
    ...(date === serviceDate ? [] : [say.night(formatDate({ date: serviceDate, locale }))]),
    ...(locale === 'ko' && timeZone === 'Asia/Seoul' ? [] : [say.zone(formatOffset(starts))]),
  ]
  return (
    <Section className={tray.className} style={{ ...tray.style, ...trayStyle }}>
      <Text className={ink.className} style={{ ...ink.style, ...nameStyle }}>
        <bdi>{nameOf({ reservation, locale })}</bdi>
      </Text>
      <Text className={tone.className} style={{ ...tone.style, ...dateStyle }}>
        {formatFullDate({ date, locale })}
      </Text>
      <Row>
        <Column data-text-inline className={tone.className} style={time}>
          {`${formatTime(starts)} `}
        </Column>
        <Column
          data-text-inline
          className={`${tone.className} ${tray.className}`}
          style={{ ...tray.style, ...figure, ...partyStyle }}
        >
          {reservation.partySize}
          <span style={{ fontSize: size.large, lineHeight: 1 }}>
            {say.guests(reservation.partySize)}
          </span>
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
export function Details({ reservation, locale }: Facts) {
  const { restaurant, note, allergies } = reservation
  const say = words[locale]
  return (
    <Section style={{ marginTop: 24 }}>
      <Detail label={say.address}>
        <bdi lang="ko">{restaurant.address}</bdi>
      </Detail>
      <Detail label={say.phone}>
        <Link
          href={`tel:${restaurant.phone.replaceAll(/[^0-9+]/g, '')}`}
          className={accent.className}
          style={{
            ...accent.style,
            fontVariantNumeric: 'tabular-nums',
            textDecoration: 'underline',
          }}
        >
          {restaurant.phone}
        </Link>
      </Detail>
      {allergies && (
        <Detail label={say.allergies}>
          <Lines text={allergies} />
        </Detail>
      )}
      {note && (
        <Detail label={say.note}>
          <Lines text={note} />
        </Detail>
      )}
    </Section>
  )
}

function Lines({ text }: { text: string }) {
  return text.split('\n').map((line, index) => (
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
