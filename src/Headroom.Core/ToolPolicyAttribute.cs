namespace Headroom;

/// <summary>Says on the method behind a tool how far compression may go with its results. What the options say about the tool wins.</summary>
/// <example>
/// <code>
/// [ToolPolicy(ToolPolicy.Lossless)]
/// string ReadFile(string path) => File.ReadAllText(path);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolPolicyAttribute(ToolPolicy policy) : Attribute
{
    /// <summary>The policy.</summary>
    public ToolPolicy Policy { get; } = policy;
}
