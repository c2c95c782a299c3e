namespace Headroom.PromptCaching;

/// <summary>A part of a prompt, in the order prompts are cached in: tools, system prompt, messages.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What a reader calls it: <c>tool get_weather</c>, <c>message 3 (system)</c>. Goes to logs.</param>
/// <param name="Text">What is compared: two parts of one text are the same bytes to the provider. Never goes to logs.</param>
public sealed record PromptPart(PromptPartKind Kind, string Name, string Text)
{
    /// <summary>The number of the message it stands in, from 1; <see langword="null"/> for what precedes the messages.</summary>
    public int? Message { get; init; }

    /// <summary>The id of a tool call or result, which is compared too: many results are the same text.</summary>
    public string? Id { get; init; }

    /// <summary>Tokens of it, where somebody counted.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether it belongs to what an application writes once and sends with every request: tools and system prompts.</summary>
    public bool IsPinned => Kind is PromptPartKind.ToolDeclaration or PromptPartKind.System;

    /// <summary>A declared tool.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="declaration">All of its declaration: description and schema.</param>
    public static PromptPart OfTool(string name, string declaration) => new(PromptPartKind.ToolDeclaration, "tool " + name, declaration);

    /// <summary>The instructions that precede the messages.</summary>
    /// <param name="text">The text.</param>
    public static PromptPart OfInstructions(string text) => new(PromptPartKind.System, "the instructions", text);

    /// <summary>A part of a message.</summary>
    /// <param name="message">The number of the message, from 1.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="tool">Name of the tool, of calls and results.</param>
    public static PromptPart OfMessage(int message, PromptPartKind kind, string text, string? tool = null) =>
        new(kind, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"message {message} ({Describe(kind, tool)})"), text) { Message = message };

    /// <summary>The name. Not the text, which must not get into logs by accident.</summary>
    public override string ToString() => Name;

    private static string Describe(PromptPartKind kind, string? tool) => kind switch
    {
        PromptPartKind.ToolDeclaration => "tool",
        PromptPartKind.System => "system",
        PromptPartKind.User => "user",
        PromptPartKind.Assistant => "assistant",
        PromptPartKind.Reasoning => "reasoning",
        PromptPartKind.ToolCall => tool is null ? "call" : "call of " + tool,
        PromptPartKind.ToolResult => tool is null ? "result" : "result of " + tool,
        _ => "data",
    };
}
