/** The product's tokens, written out: this page is served without the application. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #FBFAF7; --raised: #FFFFFF; --ink: #1B1A17; --quiet: #5F5B53; --line: #E4E0D8;
  --accent: #C2410C; --on-accent: #FFFFFF;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --raised: #201F1C; --ink: #F3F0EA; --quiet: #B5AFA4; --line: #38352F;
    --accent: #FB923C; --on-accent: #171614;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 720px; padding: 24px 16px 64px; background: var(--paper);
  color: var(--ink); font: 17px/1.5 -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif;
  font-variant-numeric: tabular-nums; word-break: keep-all; overflow-wrap: anywhere;
}
h1 { font-size: 28px; line-height: 1.3; margin: 0 0 16px; }
h2 { font-size: 17px; margin: 0 0 8px; }
.to { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
time { white-space: nowrap; }
small, .en, .to, time, .start, dt { color: var(--quiet); font-size: 15px; font-weight: 400; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 24px; }
form label { flex-basis: 100%; }
input, button { min-height: 48px; border-radius: 8px; font: inherit; padding: 0 16px; }
input { flex: 1; min-width: 0; border: 1px solid var(--quiet); background: var(--raised); color: inherit; }
button { border: 0; background: var(--accent); color: var(--on-accent); }
button .en { color: inherit; }
ol, ul { list-style: none; margin: 0; padding: 0; }
ol li a {
  display: grid; grid-template-columns: 1fr auto; gap: 4px 16px; margin-bottom: 8px; padding: 16px;
  border: 1px solid var(--line); border-radius: 12px; background: var(--raised); color: inherit;
  text-decoration: none;
}
ol li a:hover { border-color: var(--accent); }
ol strong, .start, .clip { grid-column: 1 / -1; }
.start { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.clip { color: var(--accent); font-size: 15px; }
ul li a { display: inline-block; padding: 12px 0; }
.empty { padding: 64px 0; text-align: center; color: var(--quiet); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 24px; }
dd { margin: 0; }
iframe {
  width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: 12px; background: #FFFFFF;
}
section, details { margin: 16px 0; }
summary { min-height: 48px; line-height: 48px; cursor: pointer; }
pre {
  margin: 0; padding: 16px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--raised); font: inherit; white-space: pre-wrap;
}
`
