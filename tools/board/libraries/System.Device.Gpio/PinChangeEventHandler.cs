namespace System.Device.Gpio;

/// <inheritdoc cref="PinValueChangedEventHandler"/>
public delegate void PinChangeEventHandler(object sender, PinValueChangedEventArgs pinValueChangedEventArgs);
