namespace Headroom.PromptCaching;

/// <summary>A block of a prompt, as far as cache breakpoints are concerned.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="CanHold">Whether a breakpoint can stand on it.</param>
/// <param name="IsSet">Whether the caller set one.</param>
public readonly record struct BreakpointSlot(PromptPartKind Kind, bool CanHold, bool IsSet)
{
    internal bool IsPinned => Kind is PromptPartKind.ToolDeclaration or PromptPartKind.System;

    internal bool IsOfModel => Kind is PromptPartKind.Assistant or PromptPartKind.Reasoning or PromptPartKind.ToolCall;
}
