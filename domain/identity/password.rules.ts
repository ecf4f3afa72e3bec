/** The commonest passwords of ten characters or more; shorter ones are refused for their length. */
const commonest = new Set(
  `0123456789 1234567890 12345678910 123456789a 0987654321 9876543210 1357924680 1122334455
  1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1q2w3e4r1q2w3e4r q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop
  qwertyuiop123 qwerty12345 qwerty123456 qwerty1234 asdfghjkl1 asdfghjkl; asdf1234asdf
  qwer1234qwer 1234qwer1234 qwer1234!@#$ zxcvbnm123 zxcvbnm1234 abcdefghij abcdefghijk
  abcd1234abcd abcd123456 abc1234567 abc123456789 a123456789 aa123456789 asd123456789
  password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 password!! mypassword
  iloveyou12 iloveyou123 iloveyouyou sunshine123 princess123 football123 superman123 dragon1234
  welcome123 welcome1234 letmein123 letmein1234 changeme123 admin12345 admin123456 administrator
  korea12345 seoul12345 bobjool123 bobjool1234 bobjool12345 secret1234 test123456 test1234567
  dkssudgktpdy tkfkdgody12 gkrtodwkd12 rlarkdms123 qlalfqjsgh qlalfqjsgh1 qlalfqjsgh12
  비밀번호비밀번호 가나다라마바사아자차`.split(/\s+/),
)

/** Whether it is one of the commonest passwords, or one character repeated. */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase()
  return commonest.has(plain) || new Set(plain).size === 1
}

/** Whether it is the account's own address (or the part before the "@") or its name. */
export function isOwnWord({
  password,
  email,
  name,
}: {
  password: string
  email: string
  name: string
}): boolean {
  const plain = password.trim().toLowerCase()
  return [email, email.slice(0, email.lastIndexOf('@')), name].some(
    (word) => word.trim().toLowerCase() === plain,
  )
}
