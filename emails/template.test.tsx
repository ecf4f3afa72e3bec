import { Html, Link, Preview, Section, Text } from 'react-email'
import { describe, expect, it } from 'vitest'
import { writeHtml } from './html'
import { writePlainText } from './plain-text'
import { planPage, writePage } from './template'

type Texts = { title: string; href: string; reason?: string | undefined; lines: string[] }

const render = ({ title, href, reason, lines }: Texts) => (
  <Html lang="ko">
    <Section title={title}>
      <Text>
        <bdi>{title}</bdi>
        {reason && <bdi> {reason}</bdi>}
      </Text>
      {lines.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
      <Link href={href}>{title}</Link>
    </Section>
  </Html>
)
const plan = (texts: Texts) => planPage({ shape: 'test', texts, render })

const plain: Texts = { title: '예약', href: 'https://bobjool.example/1', lines: ['하나', '둘'] }
const hostile = '</bdi><script>alert(1)</script>"\'& \uE000title\uE001 $& {{title}}'

describe('a mail written into the frame of its shape', () => {
  it.each<[string, Texts]>([
    ['plain texts', plain],
    ['other texts', { ...plain, title: '다른 예약', lines: ['셋', '넷'] }],
    ['fewer texts', { ...plain, lines: [] }],
    ['one more', { ...plain, reason: '물이 끊겨서' }],
    ['texts with spaces', { ...plain, title: '  두  칸\n줄 ', lines: [' a\t b ', 'c'] }],
    ['hostile texts', { title: hostile, href: hostile, reason: hostile, lines: [hostile] }],
  ])('G18: is what rendering its texts gives: %s', async (_, texts) => {
    const html = await writeHtml(render(texts))
    expect(await writePage(plan(texts))).toEqual({ html, text: writePlainText(html) })
  })

  it('says nothing of the mail before it', async () => {
    const first = await writePage(plan({ ...plain, title: '김하늘 님의 예약' }))
    const second = await writePage(plan({ ...plain, title: '이바다 님의 예약' }))
    expect(first.html).toContain('김하늘')
    expect(second.html + second.text).not.toContain('김하늘')
    expect(second.html.match(/이바다/g)).toHaveLength(3)
  })

  it('renders the frame once', async () => {
    let renders = 0
    const counted = (title: string) =>
      planPage({
        shape: 'counted',
        texts: { title },
        render: (texts) => {
          renders += 1
          return <Preview>{texts.title}</Preview>
        },
      })
    for (const title of ['하나', '둘', '셋']) await writePage(counted(title))
    expect(renders).toBe(1)
  })
})
