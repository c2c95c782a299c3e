using System.CommandLine;
using System.CommandLine.Parsing;

namespace Headroom.Cli.Commands;

/// <summary>Arguments that name files, and refuse what was meant as an option.</summary>
internal static class FileArgument
{
    /// <summary>Declares the argument <c>FILE</c>.</summary>
    public static Argument<string[]> Create(string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>("FILE") { Description = description, Arity = arity };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>The files given; stdin when there are none.</summary>
    public static string[] Given(string[]? files) => files is { Length: > 0 } ? files : ["-"];

    // The parser takes an unknown --option for a file name, and "no such file" would be a poor answer to a typing error.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.Length > 1 && token.Value[0] == '-')
                result.AddError($"there is no option {token.Value}. For a file of that name write ./{token.Value}");
        }
    }
}
