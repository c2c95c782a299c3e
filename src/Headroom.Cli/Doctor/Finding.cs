namespace Headroom.Cli.Doctor;

/// <summary>What a check found: one line, and what to do. Never holds tokens, keys, values of headers, or text of conversations.</summary>
/// <param name="State">How well it is.</param>
/// <param name="Text">What was found.</param>
/// <param name="Next">What to do about it.</param>
internal sealed record Finding(FindingState State, string Text, string? Next = null)
{
    public static Finding Ok(string text) => new(FindingState.Ok, text);

    public static Finding NotSetUp(string text, string? next = null) => new(FindingState.NotSetUp, text, next);

    public static Finding Warning(string text, string next) => new(FindingState.Warning, text, next);

    public static Finding Problem(string text, string next) => new(FindingState.Problem, text, next);
}
