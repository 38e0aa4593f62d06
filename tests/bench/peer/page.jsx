// SPDX-License-Identifier: Apache-2.0
// The page that Parlance is measured against: an answer streams in and is shown as Markdown, one state change
// for each frame of the browser. #plain gives the whole text to react-markdown, as most pages do; #memo cuts it
// at blank lines outside of fences and keeps what is complete, the best that is done; #list shows a long
// conversation; #start an empty page.
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const plugins = [remarkGfm];
const Block = memo(({ text }) => <Markdown remarkPlugins={plugins}>{text}</Markdown>);

function blocksOf(text) {
  const blocks = [];
  let block = [];
  let isFence = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) isFence = !isFence;
    if (line === '' && !isFence) {
      if (block.length) blocks.push(block.join('\n'));
      block = [];
    } else {
      block.push(line);
    }
  }
  if (block.length) blocks.push(block.join('\n'));
  return blocks;
}

function Answer({ text, isMemo }) {
  const blocks = useMemo(() => (isMemo ? blocksOf(text) : [text]), [text, isMemo]);
  return blocks.map((block, i) => <Block key={i} text={block} />);
}

function Streaming({ isMemo }) {
  const [text, setText] = useState('');
  const view = useRef(null);
  useEffect(() => {
    let all = '';
    let isWaiting = false;
    const show = () => {
      isWaiting = false;
      setText(all);
    };
    (async () => {
      const response = await fetch('/invocations', { method: 'POST', body: '{"prompt": "Go"}' });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        const events = (rest + value).split('\n\n');
        rest = events.pop();
        for (const event of events) {
          all += JSON.parse(event.slice(6)).event?.contentBlockDelta?.delta?.text ?? '';
        }
        if (!isWaiting) {
          isWaiting = true;
          requestAnimationFrame(show);
        }
      }
      await fetch(`/done?characters=${all.length}`);
    })();
  }, []);
  useEffect(() => {
    view.current.scrollTop = view.current.scrollHeight;
  }, [text]);
  return <main ref={view}><Answer text={text} isMemo={isMemo} /></main>;
}

function Conversation() {
  const [messages, setMessages] = useState([]);
  const view = useRef(null);
  useEffect(() => {
    (async () => setMessages(await (await fetch('/messages')).json()))();
  }, []);
  useEffect(() => {
    view.current.scrollTop = view.current.scrollHeight;
    if (messages.length) requestAnimationFrame(() => requestAnimationFrame(() => fetch('/done?characters=0')));
  }, [messages]);
  return <main ref={view}>{messages.map((text, i) => <article key={i}><Block text={text} /></article>)}</main>;
}

// An empty page of the same kind, to time the start.
function Start() {
  useEffect(() => {
    requestAnimationFrame(() => requestAnimationFrame(() => fetch('/done?characters=0')));
  }, []);
  return <main><Answer text="Hello" isMemo /></main>;
}

const mode = location.hash.slice(1);
const pages = { start: <Start />, list: <Conversation />, plain: <Streaming />, memo: <Streaming isMemo /> };
createRoot(document.getElementById('root')).render(pages[mode]);
