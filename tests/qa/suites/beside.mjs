// SPDX-License-Identifier: Apache-2.0
// Asks promptfoo itself and parlance-cli about the same agent on this machine, and compares what they say of each
// case. Run in this folder, where promptfoo is installed (npm install --no-save promptfoo):
// node beside.mjs PATH/OF/parlance-cli. Exit status: 0 they agree on every case.
import {spawn} from 'node:child_process';
import {createServer} from 'node:http';
import {copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const program = resolve(process.argv[2] ?? 'parlance-cli');
const modules = resolve(process.env.PROMPTFOO_FOLDER ?? '.', 'node_modules');
const require = createRequire(pathToFileURL(modules + '/'));
const {default: promptfoo} = await import(pathToFileURL(`${modules}/promptfoo/dist/src/index.js`));
const yaml = require('js-yaml');

// What cannot be judged at all keeps Parlance from running the rest.
const unfit = ["  - vars: {answer: 'broken pattern'}\n    assert: [{type: regex, value: '('}]\n",
               "  - vars: {answer: '{}'}\n    assert: [{type: is-json, value: {requiredd: [name]}}]\n"];
const folder = mkdtempSync(join(tmpdir(), 'beside-'));
process.on('exit', () => rmSync(folder, {recursive: true}));
for (const name of readdirSync('.').filter(name => name.startsWith('agreed.')))
    copyFileSync(name, join(folder, name));
const text = unfit.reduce((rest, one) => rest.replace(one, ''), readFileSync('agreed.yaml', 'utf8'));
writeFileSync(join(folder, 'agreed.yaml'), text);
process.chdir(folder);

// The agent: what it is asked last, each question with the answer that its case is about, one after the other.
let answers = [];
const asked = [];
const agent = createServer((request, response) => {
    let body = '';
    request.on('data', piece => { body += piece; });
    request.on('end', () => {
        // promptfoo hands a prompt that is JSON over as what it says, not as its text.
        const given = JSON.parse(body || '{}').prompt;
        const prompt = typeof given === 'string' ? given : JSON.stringify(given, null, 2);
        asked.push(prompt);
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({result: answers.length ? String(answers.shift() ?? prompt) : prompt}));
    });
});
await new Promise(done => agent.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${agent.address().port}`;

// promptfoo's order and its answers are found by asking its own parts first, without the network.
const order = [];
class Order {
    id() { return 'order'; }
    async callApi(prompt, context) {
        order.push(context.vars.answer ?? null);
        return {output: 'x'};
    }
}
const quiet = {maxConcurrency: 1, cache: false, showProgressBar: false};
await promptfoo.evaluate({...yaml.load(text), providers: [new Order()], writeLatestResults: false}, quiet);

answers = [...order];
const http = {id: 'http', config: {url: `${url}/invocations`, method: 'POST',
                                   headers: {'Content-Type': 'application/json'},
                                   body: {prompt: '{{prompt}}'}, transformResponse: 'json.result'}};
const theirs = await promptfoo.evaluate({...yaml.load(text), providers: [http], writeLatestResults: false}, quiet);
const askedByThem = asked.splice(0);

answers = [...order];
const words = ['qa', 'run', 'agreed.yaml', '--url', url, '--auth', 'none', '--concurrency', '1', '--json', '-'];
const ours = await new Promise((done, fail) => {
    let out = '';
    const run = spawn(program, words, {stdio: ['ignore', 'pipe', 'inherit'],
                                       env: {...process.env, PARLANCE_PROFILE_DIR: join(folder, 'profile')}});
    run.stdout.on('data', piece => { out += piece; });
    run.on('error', fail);
    run.on('close', () => done(JSON.parse(out)));
});

let different = 0;
theirs.results.forEach((their, index) => {
    const cell = ours.cells[index];
    const isPassed = cell?.outcome === 'passed';
    if (isPassed === their.success && asked[index] === askedByThem[index])
        return;
    ++different;
    console.log(`case ${index + 1}, ${JSON.stringify(their.vars)}: promptfoo ${their.success}, Parlance `
                + `${isPassed} (${cell?.reason ?? ''}); asked ${askedByThem[index]} and ${asked[index]}`);
});
const {version} = JSON.parse(readFileSync(`${modules}/promptfoo/package.json`, 'utf8'));
console.log(`${theirs.results.length} cases by promptfoo ${version}, ${ours.cells.length} by Parlance, `
            + `${different} judged otherwise`);
process.exit(different === 0 && ours.cells.length === theirs.results.length ? 0 : 1);
