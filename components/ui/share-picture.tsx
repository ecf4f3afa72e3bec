/** The colours of day in tokens.css: a picture has no style sheet, and no visitor's preference. */
const colours = {
  paper: '#fbfaf7',
  raised: '#ffffff',
  ink: '#1b1a17',
  quiet: '#5f5b53',
  line: '#e4e0d8',
  accent: '#c2410c',
}

const nameSize = (name: string) => (Array.from(name).length > 14 ? 72 : 104)

/**
 * What a messenger shows beside a link, 1200×630, drawn on the server: the brand on top, one large
 * name, and what there is to say of it.
 */
export function SharePicture({
  brand,
  eyebrow,
  name,
  lines,
}: {
  brand: string
  /** Null: none. */
  eyebrow: string | null
  name: string
  /** The first is in ink, the others quiet. */
  lines: string[]
}) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        height: '100%',
        padding: '64px 72px',
        background: colours.paper,
        color: colours.ink,
        fontFamily: 'Pretendard',
        fontWeight: 500,
        borderBottom: `20px solid ${colours.accent}`,
        wordBreak: 'keep-all',
      }}
    >
      <div
        style={{ display: 'flex', alignItems: 'center', gap: 16, fontSize: 40, fontWeight: 700 }}
      >
        <Bowl />
        {brand}
      </div>
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          flexGrow: 1,
          justifyContent: 'flex-end',
          gap: 16,
        }}
      >
        {eyebrow && (
          <div style={{ fontSize: 40, fontWeight: 700, color: colours.accent }}>{eyebrow}</div>
        )}
        <div
          style={{
            display: 'block',
            fontSize: nameSize(name),
            fontWeight: 700,
            lineHeight: 1.15,
            lineClamp: 2,
          }}
        >
          {name}
        </div>
        {lines.map((line, index) => (
          <div
            key={line}
            style={{
              display: 'block',
              fontSize: 40,
              lineHeight: 1.3,
              lineClamp: 1,
              color: index === 0 ? colours.ink : colours.quiet,
            }}
          >
            {line}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The bowl of bowl-mark.tsx in this picture's own colours. */
function Bowl() {
  const stroke = { stroke: colours.quiet, strokeLinecap: 'round' as const }
  return (
    <svg viewBox="0 0 40 40" width="72" height="72" aria-hidden="true">
      <path
        d="M9 20c0-6.6 4.9-11 11-11s11 4.4 11 11"
        fill={colours.raised}
        strokeWidth="1.5"
        {...stroke}
      />
      <path
        d="M4.5 19.5h31c0 7.2-4 12.2-9.3 14.1V36H13.8v-2.4C8.5 31.7 4.5 26.7 4.5 19.500Z"
        fill={colours.accent}
      />
      <path d="M2 37.500h36" fill="none" strokeWidth="2" {...stroke} />
    </svg>
  )
}
