namespace System.Device.Gpio;

/// <summary>Is told of an edge, on the thread of native events.</summary>
public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);
