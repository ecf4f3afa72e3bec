import { Column, Row, Section } from 'react-email'
import { size, tint } from './tokens'

const rice = tint({ fill: 'rice', edge: 'quiet' })
const bowl = tint({ fill: 'accent' })
const name = tint({ text: 'ink' })
const table = tint({ fill: 'line' })

/** A bowl of rice on the edge of a table, without a picture: shapes survive where images are off. */
export function BowlMark({ brand }: { brand: string }) {
  return (
    <Section style={{ marginBottom: 20 }}>
      <Row>
        <Column data-skip-in-text style={{ width: 40, verticalAlign: 'bottom' }}>
          <div className={rice.className} style={{ ...rice.style, ...riceStyle }} />
          <div className={bowl.className} style={{ ...bowl.style, ...bowlStyle }} />
        </Column>
        <Column
          className={name.className}
          style={{ ...name.style, ...nameStyle, verticalAlign: 'bottom' }}
        >
          {brand}
        </Column>
      </Row>
      <Row data-skip-in-text>
        <Column className={table.className} style={{ ...table.style, ...tableStyle }} />
      </Row>
    </Section>
  )
}

const riceStyle = {
  width: 20,
  height: 9,
  margin: '0 5px',
  borderWidth: '1.5px 1.5px 0',
  borderStyle: 'solid',
  borderRadius: '11px 11px 0 0',
  boxSizing: 'border-box',
} as const
const bowlStyle = { width: 30, height: 15, borderRadius: '2px 2px 15px 15px' } as const
const nameStyle = { fontSize: size.large, fontWeight: 700, lineHeight: '24px' } as const
const tableStyle = { height: 3, lineHeight: '3px', fontSize: 1, borderRadius: 2 } as const
