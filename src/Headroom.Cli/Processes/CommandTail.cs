using System.CommandLine;
using System.CommandLine.Parsing;

namespace Headroom.Cli.Processes;

/// <summary>Reads the command that stands behind <c>--</c>, whose options are not ours.</summary>
internal static class CommandTail
{
    /// <summary>The command and its arguments.</summary>
    /// <exception cref="CliException">There is no <c>--</c> before the command, and options for which it cannot be told whose they are.</exception>
    public static string[] Of(ParseResult parsed, Argument<string[]> command)
    {
        string[] words = parsed.GetValue(command) ?? [];
        if (words.Length == 0) return words;
        List<Token> tokens = [.. parsed.Tokens];
        int dashes = tokens.FindIndex(t => t.Type == TokenType.DoubleDash);
        int first = tokens.IndexOf(parsed.GetResult(command)!.Tokens[0]);
        bool isClear = dashes >= 0 ? dashes < first : !tokens.Skip(first).Any(t => t.Value.StartsWith('-'));
        if (isClear) return words;
        throw new CliException($"put -- before the command, so that its options are not taken for ours: {CommandLine.NameOf(parsed.CommandResult)} -- {words[0]} ...", ExitCodes.Usage);
    }
}
