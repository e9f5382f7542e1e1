/**
 * The scripts that teach a shell to complete uktest's commands. They know nothing of the commands: each asks the program
 * that was typed, with the words up to the cursor, and shows what it answers; see complete.ts.
 */

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const BASH = `# Completion of uktest for bash, made by: uktest completion bash
_uktest() {
	local line kind
	COMPREPLY=()
	{
		read -r kind
		while IFS= read -r line; do
			COMPREPLY+=("$line")
		done
	} < <("\${COMP_WORDS[0]/#\\~\\//$HOME/}" complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	if [ "$kind" != words ]; then
		compopt -o default 2>/dev/null
	fi
}
complete -F _uktest uktest
`;

const ZSH = `#compdef uktest
# Completion of uktest for zsh, made by: uktest completion zsh
_uktest() {
	local line
	local -a lines found
	lines=("\${(@f)$("\${\${(Q)words[1]}/#\\~\\//$HOME/}" complete zsh "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ $lines[1] != words ]]; then
		compset -P '*='
		_files
		return
	fi
	for line in "\${(@)lines[2,-1]}"; do
		found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
	done
	(( $#found )) && _describe 'uktest' found
}
if [[ $funcstack[1] == _uktest ]]; then
	_uktest "$@"
else
	compdef _uktest uktest
fi
`;

const FISH = `# Completion of uktest for fish, made by: uktest completion fish
function __uktest_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l lines ($words[1] complete fish $words[2..-1] 2>/dev/null)
    if test "$lines[1]" != words
        set -l typed (string replace -r '^.*=' '' -- (commandline -ct))
        set -l before (string replace -r '[^=]*$' '' -- (commandline -ct))
        for path in (__fish_complete_path "$typed")
            echo $before$path
        end
        return
    end
    printf '%s\\n' $lines[2..-1]
end
complete -c uktest -f -a '(__uktest_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

/** The script for a shell. */
export const scriptFor = (shell: Shell): string => SCRIPTS[shell];
