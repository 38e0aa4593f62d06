// SPDX-License-Identifier: Apache-2.0
// The agent that agreed.yaml is judged with.
export default class Echo {
    id() {
        return 'echo';
    }
    async callApi(prompt, context) {
        return {output: String(context.vars.answer ?? prompt), metadata: {asked: prompt}};
    }
}
