using Headroom.PromptCaching;

namespace Headroom.Cli.Doctor;

/// <summary>Words for what breaks a prompt cache.</summary>
internal static class PlaceNames
{
    public const string Advice = "put what changes behind everything that stays, or leave it out (docs/prompt-caching.md)";

    /// <summary>A kind of volatile text as JSON names it.</summary>
    public static VolatileTextKind? KindOf(string? name) => Enum.TryParse(name, ignoreCase: true, out VolatileTextKind kind) ? kind : null;

    /// <summary>How often such a text changes.</summary>
    public static string HowOften(VolatileTextKind? kind) => kind == VolatileTextKind.Date ? "it changes every day" : "it is likely to differ next time";
}
