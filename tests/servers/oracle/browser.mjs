// SPDX-License-Identifier: Apache-2.0
// Does what a person does in a browser: opens an address, follows redirects, signs in, agrees. Prints the
// last page's status and title. With "deny", cancels instead of signing in.
const [start, name = 'ann', mode = ''] = process.argv.slice(2)
const jar = new Map()

const open = async (address, form) => {
  for (let hops = 0; hops < 20; hops++) {
    const response = await fetch(address, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '), ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      body: form ? new URLSearchParams(form).toString() : undefined,
    })
    // Older versions of Node.js join the cookies by commas, and dates in them have commas, too.
    const cookies = response.headers.getSetCookie?.() ?? (response.headers.get('set-cookie') ?? '').split(/, (?=[^ ;,]+=)/)
    for (const cookie of cookies.filter(Boolean)) {
      const [pair] = cookie.split(';')
      const equals = pair.indexOf('=')
      jar.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    const next = response.headers.get('location')
    if (!next) return { address, status: response.status, text: await response.text() }
    address = new URL(next, address).href
    form = undefined
  }
  throw new Error('too many redirects')
}

let page = await open(start)
while (page.text.includes('name="prompt"')) {
  const prompt = /name="prompt" value="([^"]+)"/.exec(page.text)[1]
  if (mode === 'deny') {
    page = await open(new URL(/href="([^"]*\/abort)"/.exec(page.text)[1], page.address).href)
    break
  }
  const action = /<form[^>]*action="([^"]+)"/.exec(page.text)[1]
  page = await open(new URL(action, page.address).href, { prompt, login: name, password: 'any' })
}
console.log(page.status, /<title>([^<]*)<\/title>/.exec(page.text)?.[1] ?? page.text.slice(0, 200))
