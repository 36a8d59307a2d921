"""Pieces of JavaScript for a browser that is driven without Playwright."""

SIGN_IN = """
const csrf = () => decodeURIComponent(document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? '')
const post = (path, body) => fetch('/_allauth/browser/v1/auth/code/' + path, {
  method: 'POST', headers: {'Content-Type': 'application/json', 'X-CSRFToken': csrf()}, body: JSON.stringify(body) })
await fetch('/_allauth/browser/v1/config')
await post('request', {phone: '%s'})
const done = await post('confirm', {code: '246810'})
if (!done.ok) throw new Error(await done.text())
"""
# Answers whether the button was there to be tapped.
CLICK = """
const button = [...document.querySelectorAll('button')].find(each => each.innerText.trim() === '%s' && !each.disabled)
button?.click()
return Boolean(button)
"""
SHOWN = "const shown = (await (await navigator.serviceWorker.ready).getNotifications()).map(each => each.title)"
