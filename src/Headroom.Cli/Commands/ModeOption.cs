using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>The option <c>--mode</c>, the same for every command that compresses.</summary>
internal static class ModeOption
{
    public static Option<string> Create()
    {
        var mode = new Option<string>("--mode")
        {
            Description = "lossless never cuts; balanced cuts only what stays large; aggressive cuts medium-sized texts too.",
            DefaultValueFactory = _ => "balanced",
            HelpName = "lossless|balanced|aggressive",
        };
        mode.AcceptOnlyFromAmong("lossless", "balanced", "aggressive");
        return mode;
    }

    public static CompressionMode Of(ParseResult parsed, Option<string> mode) => Enum.Parse<CompressionMode>(parsed.GetValue(mode)!, ignoreCase: true);
}
