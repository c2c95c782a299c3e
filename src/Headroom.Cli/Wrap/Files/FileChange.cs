using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap.Files;

/// <summary>A member an agent needs in one of its JSON files. It is data and no code, so that who finds the journal of a run that was killed knows how to take it out again.</summary>
/// <param name="Path">The file.</param>
/// <param name="Member">The names that lead to the member, from the outside: <c>mcpServers</c>, <c>headroom</c>.</param>
/// <param name="Value">Its value, as JSON on one line.</param>
internal sealed record FileChange(string Path, IReadOnlyList<string> Member, string Value)
{
    /// <summary>What a person would write into a new file.</summary>
    public string Sample
    {
        get
        {
            string sample = Value;
            foreach (string name in Member.Reverse()) sample = $"{{ {JsonText.Quote(name)}: {sample} }}";
            return sample;
        }
    }

    /// <summary>The command of an MCP server, as most agents' files spell it.</summary>
    /// <param name="command">The command and its arguments.</param>
    public static string ServerOf(IReadOnlyList<string> command) =>
        $"{{ \"command\": {JsonText.Quote(command[0])}, \"args\": [{string.Join(", ", command.Skip(1).Select(JsonText.Quote))}] }}";
}
