using Spectre.Console;

namespace Headroom.Cli.Terminals;

/// <summary>Shows on stderr how work gets on, where that is a terminal and the work takes long enough to look at.</summary>
internal static class LongWork
{
    /// <summary>Shorter work shows nothing.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs work of so many steps.</summary>
    /// <param name="what">What is done, in a word or two: <c>3 files</c>.</param>
    /// <param name="steps">How many steps there are; <see langword="null"/> where nobody knows.</param>
    /// <param name="work">The work. It tells how many steps, or what share of one, it got on since it last told.</param>
    /// <param name="cancellationToken">Stops waiting for the first second.</param>
    public static async Task<T> RunAsync<T>(string what, double? steps, Func<Action<double>, Task<T>> work, CancellationToken cancellationToken)
    {
        double done = 0;
        var gate = new Lock();
        Task<T> run = Task.Run(() => work(Progress), cancellationToken);
        Task first = await Task.WhenAny(run, Task.Delay(s_patience, cancellationToken)).ConfigureAwait(false);
        if (first != run && Terminal.HasTalk) await ShowAsync(what, steps, run, Done).ConfigureAwait(false);
        return await run.ConfigureAwait(false);

        double Done()
        {
            lock (gate) return done;
        }

        void Progress(double share)
        {
            lock (gate) done += share;
        }
    }

    /// <summary>Whether work that writes to stdout may be drawn on stderr meanwhile.</summary>
    public static bool MayDrawBesideOutput => Console.IsOutputRedirected && Terminal.HasTalk;

    /// <summary>The same, of work that writes to stdout: where that is the terminal too, what comes out is progress enough.</summary>
    public static Task<T> RunBesideOutputAsync<T>(string what, double? steps, Func<Action<double>, Task<T>> work, CancellationToken cancellationToken) =>
        MayDrawBesideOutput ? RunAsync(what, steps, work, cancellationToken) : work(_ => { });

    /// <summary>Apart, so that work that is done soon does not load the library that draws.</summary>
    private static async Task ShowAsync(string what, double? steps, Task run, Func<double> done)
    {
        IAnsiConsole talk = Terminal.Talk();
        Console.CancelKeyPress += ShowCursor; // the bar hides it, and Ctrl-C ends the process at once
        try
        {
            await talk.Progress().AutoClear(true).HideCompleted(true).Columns(Columns(steps is not null)).StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(what), maxValue: steps ?? 1);
                task.IsIndeterminate = steps is null;
                while (!run.IsCompleted)
                {
                    if (steps is not null) task.Value = done();
                    await Task.WhenAny(run, Task.Delay(100, CancellationToken.None)).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            Console.CancelKeyPress -= ShowCursor;
        }

        void ShowCursor(object? sender, ConsoleCancelEventArgs e) => talk.Cursor.Show(true);
    }

    private static ProgressColumn[] Columns(bool isCounted) => isCounted
        ? [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()]
        : [new SpinnerColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn()];
}
