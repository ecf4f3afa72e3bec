import { expect, test } from 'vitest'
import { useDatabase } from '../support/database'

const database = useDatabase()

async function fold(address: string) {
  const [row] = await database.query<{ key: string }>('SELECT mailbox_key($1) AS key', [address])
  return row?.key
}

test.each([
  ['Kim.Ha.Neul+friday@GoogleMail.com', 'kimhaneul@gmail.com'],
  ['k.i.m@gmail.com', 'kim@gmail.com'],
  ['kim+1+2@gmail.com', 'kim@gmail.com'],
  ['kim+1@naver.com', 'kim@naver.com'],
  ['kim+1@hanmail.net', 'kim@daum.net'],
  ['kim+1@daum.net', 'kim@daum.net'],
  ['kim+1@kakao.com', 'kim@kakao.com'],
  ['kim.h+1@outlook.com', 'kim.h@outlook.com'],
  ['kim+1@hotmail.com', 'kim@hotmail.com'],
  ['kim+1@live.co.kr', 'kim@live.co.kr'],
  ['kim+1@me.com', 'kim@icloud.com'],
])('G13: %s leads to the mailbox %s', async (address, mailbox) => {
  expect(await fold(address)).toBe(mailbox)
})

test.each([
  ...['kim+1@bobjool.example', 'kim.h@bobjool.example', 'k.i.m@naver.com', 'kim.h@outlook.com'],
  ...['kim@mail.gmail.com', '+1@naver.com', '+@kakao.com'],
])('G13: %s is a mailbox of its own', async (address) => {
  expect(await fold(address)).toBe(address)
})
